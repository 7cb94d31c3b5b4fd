"""How an annotation stands among the others of its image: hidden in part, above or below them, together with some."""

from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.shapes import Problem

PLAIN: dict[str, Any] = {"occluded": False, "z_order": 0, "group": None}
MOST = 1_000_000_000


def standing(sent: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """What to store; what a client leaves out stays as it was.

    Raises:
        Problem: names the field and the fix.
    """
    found = {name: sent.get(name, old.get(name, plain)) for name, plain in PLAIN.items()}
    for name, value in found.items():
        if problem := standing_problem(name, value):
            raise Problem(name, problem)
    return found


def standing_problem(name: str, value: Any) -> str:
    """Why it cannot be stored; empty when it can."""
    if name == "occluded":
        return "" if isinstance(value, bool) else _("Whether something hides a part of it: true or false.")
    if name == "z_order":
        if type(value) is int and -MOST <= value <= MOST:
            return ""
        message = _("A whole number is needed here, from {least} to {most}: what has a higher one is drawn above.")
        return message.format(least=-MOST, most=MOST)
    if value is None or (type(value) is int and 1 <= value <= MOST):
        return ""
    return _("The number of a group is needed here, from 1 to {most}, or null for none.").format(most=MOST)


def whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of revisions from before there were these fields, with them."""
    return [row if "z_order" in row else row | PLAIN for row in rows]
