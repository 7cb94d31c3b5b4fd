"""The log in words: each room's AppConfig has the sentences for what is done in it.

``audit_verbs``: verb -> what stands behind the person's name, with ``{target}`` and the names of further facts (by
``ngettext_lazy`` where one of them is a number);
``audit_kinds``: noun of a verb -> its name in the filter; ``audit_pages``: noun -> the page that shows its target.
"""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from django.apps import apps

from labelapp.lib.sizes import readable_bytes
from labelapp.projects.addresses import address_of
from labelapp.projects.models import AuditEntry

BYTES = {"quota"}  # facts that are sizes
NOTHING = "–"  # stands for a fact that is empty


def of_all_rooms(what: str) -> Mapping[str, Any]:
    return ChainMap(*(getattr(room, what, {}) for room in apps.get_app_configs()))


def sentence(entry: AuditEntry) -> str:
    """What was done, in the reader's language."""
    try:
        facts = {name: told(name, value) for name, value in entry.detail.items()}
        return str(of_all_rooms("audit_verbs")[entry.verb].format(**facts | {"target": entry.target}))
    except KeyError:  # of a release that is gone
        return f"{entry.verb} {entry.target}".strip()


def told(name: str, value: Any) -> Any:
    """A fact as a sentence has it."""
    if name in BYTES and value is not None:
        return readable_bytes(value)
    return NOTHING if value in ("", None) else value


def address(entry: AuditEntry) -> str:
    """The page of what it was done to, which may be gone by now; empty where there is none."""
    page = of_all_rooms("audit_pages").get(entry.kind)
    return address_of(page, entry.target_id) if page and entry.target_id else ""
