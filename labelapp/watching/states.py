from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How something is, from good to bad."""

    OK = "ok", _("OK")
    WARNING = "warning", _("Warning")
    PROBLEM = "problem", _("Problem")


def worst(states: Iterable[str]) -> str:
    return max(states, key=State.values.index, default=State.OK)
