"""What the database holds, read past the site."""

import contextlib
import sqlite3
import uuid
from collections.abc import Iterable
from pathlib import Path

import psycopg

from tests.faults.people import Save

SECONDS_TO_WAIT = 60

# Each query finds nothing in a database that is whole.
NEVER = {
    "revisions with a gap": """
        SELECT image_id, count(*), max(number) FROM annotations_revision
        GROUP BY image_id HAVING count(*) <> max(number)""",
    "images whose revision is not their last": """
        SELECT images_image.id, revision, max(number) FROM images_image
        LEFT JOIN annotations_revision ON image_id = images_image.id
        GROUP BY images_image.id, revision HAVING revision <> coalesce(max(number), 0)""",
    "change sets applied twice": """
        SELECT image_id, key, count(*) FROM annotations_revision GROUP BY image_id, key HAVING count(*) > 1""",
    "images with two classes": """
        SELECT image_id, count(*) FROM annotations_annotation GROUP BY image_id HAVING count(*) > 1""",
    "pictures that are there twice": """
        SELECT project_id, sha256, count(*) FROM images_image GROUP BY project_id, sha256 HAVING count(*) > 1""",
    "epochs that are there twice": """
        SELECT run_id, number, count(*) FROM training_epoch GROUP BY run_id, number HAVING count(*) > 1""",
    "completed runs without exactly one model": """
        SELECT training_run.id, count(training_model.id) FROM training_run
        LEFT JOIN training_model ON run_id = training_run.id
        WHERE status = 'completed' GROUP BY training_run.id HAVING count(training_model.id) <> 1""",
    "version numbers given twice": """
        SELECT project_id, number, count(*) FROM versions_version GROUP BY project_id, number HAVING count(*) > 1""",
}


class Records:
    def __init__(self, data_dir: Path, database_url: str):
        self._path = data_dir / "labelapp.sqlite3"
        self._url = database_url

    def problems(self, saves: Iterable[Save], images: Iterable[int]) -> list[str]:
        """What is missing of the change sets and pictures that people were told are saved, and what must never be."""
        with contextlib.closing(self._connect()) as connection:
            # One look at one moment: people go on meanwhile.
            connection.execute("BEGIN" if not self._url else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            keys = {
                (image, number, uuid.UUID(str(key)))
                for image, number, key in connection.execute("SELECT image_id, number, key FROM annotations_revision")
            }
            there = {pk for (pk,) in connection.execute("SELECT id FROM images_image")}
            wrong = {name: connection.execute(query).fetchmany(5) for name, query in NEVER.items()}
        lost = [each for each in saves if (each.image, each.revision, uuid.UUID(each.key)) not in keys]
        return [
            *(f"lost: {each}" for each in lost),
            *(f"lost: image {pk}" for pk in sorted(set(images) - there)),
            *(f"{name}: {rows}" for name, rows in wrong.items() if rows),
        ]

    def ask(self, query: str) -> list[tuple]:
        with contextlib.closing(self._connect()) as connection:
            return connection.execute(query).fetchall()

    def damage(self) -> list[str]:
        if self._url:
            return []
        with contextlib.closing(self._connect()) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        return [] if answer == "ok" else [f"the database is damaged: {answer}"]

    def _connect(self):
        if self._url:
            return psycopg.connect(self._url)
        return sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=SECONDS_TO_WAIT, isolation_level=None)
