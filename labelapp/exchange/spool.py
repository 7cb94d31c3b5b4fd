"""The rows of a file, brought together by image on disk: files need not be sorted, memory stays constant."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from labelapp.formats.records import AnnotationRecord, ImageRecord

TIMES = ("created_at", "updated_at")

TABLE = """CREATE TABLE row
    (number INTEGER PRIMARY KEY, image INTEGER, line INTEGER, place TEXT, record TEXT, annotation TEXT)"""
FIELDS = [field.name for field in fields(AnnotationRecord)]


@dataclass(frozen=True, slots=True)
class Spooled:
    """One row that was matched to an image."""

    image: int
    line: int
    record: ImageRecord
    annotation: AnnotationRecord | None
    file: str = ""
    item: str = ""
    number: int = 0  # of the row, which nothing else in the file has


class Spool:
    def __init__(self, path: Path):
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute(TABLE)
        self._database.execute("CREATE TABLE identity (id TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def add(self, row: Spooled) -> None:
        record = json.dumps([row.record.status, row.record.split, row.record.group])
        annotation = json.dumps(shallow(row.annotation), default=datetime.isoformat) if row.annotation else None
        values = (row.image, row.line, json.dumps([row.file, row.item]), record, annotation)
        self._database.execute("INSERT INTO row VALUES (NULL, ?, ?, ?, ?, ?)", values)

    def line_of(self, identifier: str, line: int) -> int | None:
        """The line on which this annotation id was met before; None the first time."""
        new = self._database.execute("INSERT OR IGNORE INTO identity VALUES (?, ?)", (identifier, line)).rowcount
        if new:
            return None
        return self._database.execute("SELECT line FROM identity WHERE id = ?", (identifier,)).fetchone()[0]

    def count_images(self) -> int:
        return self._database.execute("SELECT count(DISTINCT image) FROM row").fetchone()[0]

    def images(self) -> Iterator[tuple[int, list[Spooled]]]:
        """Each image with its rows in the order of the file."""
        self._database.execute("CREATE INDEX IF NOT EXISTS by_image ON row (image, number)")
        rows = self._database.execute("SELECT * FROM row ORDER BY image, number")
        for image, group in groupby(rows, key=lambda row: row[1]):
            yield image, [self._read(*row) for row in group]

    def close(self) -> None:
        self._database.close()

    def _read(self, number: int, image: int, line: int, place: str, record: str, annotation: str | None) -> Spooled:
        status, split, group = json.loads(record)
        values: dict[str, Any] | None = json.loads(annotation) if annotation else None
        if values:
            values |= {name: datetime.fromisoformat(values[name]) for name in TIMES if values[name]}
        record_read = ImageRecord(status=status, split=split, group=group)
        file, item = json.loads(place)
        return Spooled(image, line, record_read, AnnotationRecord(**values) if values else None, file, item, number)


def shallow(annotation: AnnotationRecord) -> dict[str, Any]:
    """``dataclasses.asdict`` copies every point of a polygon, which took a third of an import."""
    return {name: getattr(annotation, name) for name in FIELDS}
