"""From the database: the facts of a project's images, of all or of some."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from labelapp.images.filters import PEOPLE
from labelapp.images.related import table_of

IDS_PER_QUERY = 10_000


@dataclass
class Facts:
    """Rows of images and of what is on them, as the database gives them.

    Args:
        images: id, name, status, split, whether trashed, size_bytes, created_at, updated_at, who labelled
            and who reviewed it (0: nobody).
        labels: image id, label class, source, number of annotations.
        doubts: image id, greatest uncertainty of its open suggestions.
        assigned: image id, assignment.
        threads: image id, threads of comments, those of them that are open.
    """

    images: list[tuple]
    labels: list[tuple]
    doubts: list[tuple]
    threads: list[tuple]
    assigned: list[tuple]


def read(project: int, ids: Sequence[int] | None = None) -> Facts:
    """All images of the project, or those of ``ids`` that are still there."""
    facts = Facts([], [], [], [], [])
    for parameters, narrowed in parts(project, ids):
        with connection.cursor() as cursor:
            for statement, rows in (
                (f"SELECT {', '.join(columns())} FROM images_image WHERE {narrowed}", facts.images),
                (labels_of(narrowed), facts.labels),
                (doubts_of(narrowed), facts.doubts),
                (threads_of(narrowed), facts.threads),
                (assigned_of(narrowed), facts.assigned),
            ):
                cursor.execute(statement, parameters)
                rows.extend(cursor.fetchall())
    return facts


def parts(project: int, ids: Sequence[int] | None) -> Iterator[tuple[list[int], str]]:
    if ids is None:
        yield [project], "project_id = %s AND copy_of_id IS NULL"
        return
    for start in range(0, len(ids), IDS_PER_QUERY):
        some = [int(each) for each in ids[start : start + IDS_PER_QUERY]]
        yield [project, *some], f"project_id = %s AND copy_of_id IS NULL AND id IN ({', '.join(['%s'] * len(some))})"


def columns() -> Iterable[str]:
    moment = "{}" if connection.vendor == "sqlite" else "(EXTRACT(EPOCH FROM {}) * 1000000)::bigint"
    times = (moment.format(name) for name in ("created_at", "updated_at"))
    people = (f"COALESCE({name}_id, 0)" for name in PEOPLE)
    return ("id", "name", "status", "split", "trashed_at IS NOT NULL", "size_bytes", *times, *people)


def labels_of(narrowed: str) -> str:
    return (
        f"SELECT image_id, label_class_id, source, COUNT(*) FROM {table_of('annotations')} WHERE image_id IN "
        f"(SELECT id FROM images_image WHERE {narrowed}) GROUP BY image_id, label_class_id, source"
    )


def doubts_of(narrowed: str) -> str:
    return (
        f"SELECT image_id, MAX(uncertainty) FROM {table_of('suggestions')} WHERE state = 'open' AND image_id IN "
        f"(SELECT id FROM images_image WHERE {narrowed}) GROUP BY image_id"
    )


def threads_of(narrowed: str) -> str:
    return (
        f"SELECT image_id, COUNT(*), COUNT(*) - COUNT(resolved_at) FROM {table_of('comments')} WHERE thread_id IS NULL "
        f"AND image_id IN (SELECT id FROM images_image WHERE {narrowed}) GROUP BY image_id"
    )


def assigned_of(narrowed: str) -> str:
    return (
        f"SELECT image_id, assignment_id FROM {table_of('assigned')} WHERE image_id IN "
        f"(SELECT id FROM images_image WHERE {narrowed})"
    )


def moments(values: list) -> np.ndarray:
    """Microseconds since 1970; SQLite keeps moments as text in UTC."""
    if connection.vendor == "sqlite":
        return np.array(values, "datetime64[us]").astype(np.int64)
    return np.array(values, np.int64)
