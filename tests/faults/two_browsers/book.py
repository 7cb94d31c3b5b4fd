"""Revisions and annotations, read from the database past the site."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from tests.faults.records import Records
from tests.faults.two_browsers.judge import Revision, Rows


def revisions(records: Records, images: list[int]) -> list[Revision]:
    rows = records.ask(f"""
        SELECT image_id, number, key, upsert, delete_ids, status, created_at FROM annotations_revision
        WHERE image_id IN ({listed(images)}) ORDER BY image_id, number""")
    return [
        Revision(image, number, str(uuid.UUID(str(key))), parsed(upsert), parsed(delete), status, seconds(at))
        for image, number, key, upsert, delete, status, at in rows
    ]


def annotations(records: Records, images: list[int]) -> dict[int, Rows]:
    found: dict[int, Rows] = {image: {} for image in images}
    rows = records.ask(f"""
        SELECT image_id, id, label_class_id, shape, geometry FROM annotations_annotation
        WHERE image_id IN ({listed(images)})""")
    for image, pk, label_class, shape, geometry in rows:
        found[image][str(uuid.UUID(str(pk)))] = {"class": label_class, "shape": shape, "geometry": parsed(geometry)}
    return found


def listed(images: list[int]) -> str:
    return ", ".join(str(int(each)) for each in images)


def parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def seconds(moment: Any) -> float:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return moment.timestamp()
