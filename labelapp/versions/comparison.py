"""What changed between two versions, from their indexes."""

from collections import Counter
from typing import Any

from django.core.files.storage import default_storage

from labelapp.versions.models.version import INDEX, Version
from labelapp.versions.split import SPLITS

SHOWN = 100


def compare(old: Version, new: Version) -> dict[str, Any]:
    before, after = entries(old), entries(new)
    added = [each for digest, each in after.items() if digest not in before]
    removed = [each for digest, each in before.items() if digest not in after]
    kept = [(before[digest], each) for digest, each in after.items() if digest in before]
    relabelled = [now for was, now in kept if was["labels"] != now["labels"]]
    moved = [(was, now) for was, now in kept if was["split"] != now["split"]]
    moves = Counter((was["split"], now["split"]) for was, now in moved)
    changed = {each["sha256"] for each in relabelled} | {now["sha256"] for _, now in moved}
    return {
        "images": {
            "added": listed(added), "removed": listed(removed), "relabelled": listed(relabelled),
            "moved": listed([now for _, now in moved]), "unchanged": len(kept) - len(changed),
        },
        "moves": [{"from": old, "to": new, "count": count} for (old, new), count in sorted(moves.items())],
        "classes": class_changes(old.counts.get("classes", {}), new.counts.get("classes", {})),
    }  # fmt: skip


def entries(version: Version) -> dict[str, dict[str, Any]]:
    import pyarrow.parquet as pq

    with default_storage.open(f"{version.folder}/{INDEX}", "rb") as file:
        rows = pq.read_table(file, columns=["sha256", "image_id", "name", "split", "labels"]).to_pylist()
    return {row["sha256"]: row for row in rows}


def listed(images: list[dict[str, Any]]) -> dict[str, Any]:
    first = [{"id": each["image_id"], "name": each["name"], "split": each["split"]} for each in images[:SHOWN]]
    return {"count": len(images), "first": first}


def class_changes(before: dict[str, dict[str, int]], after: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Images more or fewer of each class and part; classes that did not change are left out."""
    changes = {}
    for name in [*after, *(each for each in before if each not in after)]:
        was, now = before.get(name, {}), after.get(name, {})
        change = {part: now.get(part, 0) - was.get(part, 0) for part in SPLITS}
        if any(change.values()) or (name in after) != (name in before):
            changes[name] = change
    return changes
