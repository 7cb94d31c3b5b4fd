"""What revisions did, in few words: their rows themselves may be thousands."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from labelapp.annotations.models.annotation import Row, written

if TYPE_CHECKING:
    from labelapp.annotations.models.revision import Revision

# Work on many images at once says by what name people know it: key of its revisions -> title. Rooms to the right add
# theirs.
Occasion = Callable[[Any, "list[Revision]"], dict[UUID, str]]
OCCASIONS: list[Occasion] = []
# How a row is called of which something else than class, shape or place was changed.
OTHERWISE = {"attributes": "described", "occluded": "occluded", "group": "grouped", "z_order": "ordered"}


def told(project, revisions: "Iterable[Revision]") -> list[dict[str, Any]]:
    """As the API lists them; ``revisions`` come with their authors."""
    listed = list(revisions)
    titles: dict[UUID, str] = {}
    for occasion in OCCASIONS:
        titles |= occasion(project, listed) if listed else {}
    return [
        {
            "number": revision.number,
            "author": revision.author.get_username(),
            "author_name": revision.author.display_name,
            "created_at": written(revision.created_at),
            "status_before": revision.status_before,
            "status": revision.status,
            "counts": counts(revision),
            "restored": revision.restored,
            "occasion": titles.get(revision.key, ""),
        }
        for revision in listed
    ]


def counts(revision: "Revision") -> dict[str, int]:
    """How many shapes were drawn, moved, relabelled, described, ... or deleted, and tags given or taken away."""
    before = {row["id"]: row for row in revision.before}
    found: Counter[str] = Counter(what_became(before.get(row["id"]), row) for row in revision.upsert)
    gone = [before[each] for each in revision.delete_ids if each in before]
    found.update("untagged" if row["shape"] == "tag" else "deleted" for row in gone)
    del found[""]
    return dict(found)


def what_became(before: Row | None, row: Row) -> str:
    if before is None:
        return "tagged" if row["shape"] == "tag" else "drawn"
    if before["class"] != row["class"]:
        return "relabelled"
    if any(before[what] != row[what] for what in ("shape", "geometry")):
        return "moved"
    return next((word for what, word in OTHERWISE.items() if before[what] != row[what]), "")


def difference(revision: "Revision") -> dict[str, list]:
    """To the revision before: ids that were added, and rows as they were that were changed or removed."""
    before = {row["id"]: row for row in revision.before}
    changed = [row["id"] for row in revision.upsert if row["id"] in before and what_became(before[row["id"]], row)]
    return {
        "added": [row["id"] for row in revision.upsert if row["id"] not in before],
        "changed": [before[each] for each in changed],
        "removed": [before[each] for each in revision.delete_ids if each in before],
    }
