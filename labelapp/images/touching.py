"""Triggers that note each change of what filters, counts and orders ask about, whoever makes it and however.

They are no migration: SQLite drops a table's triggers when a migration rebuilds the table. They are taken away before
migrations are applied and made again after every ``migrate``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

EVENTS = ("insert", "update", "delete")


@dataclass(frozen=True)
class Watched:
    """A table whose changes concern images: ``image`` is the column with the image's id, ``columns`` what matters."""

    table: str
    image: str
    columns: tuple[str, ...]


# Rooms to the right add theirs when the site starts.
WATCHED = [
    Watched(
        "images_image", "id",
        (
            "project_id", "name", "status", "split", "trashed_at", "updated_at", "size_bytes", "labelled_by_id",
            "reviewed_by_id",
        ),
    )
]  # fmt: skip


def watch(table: str, image: str, columns: tuple[str, ...]) -> None:
    watched = Watched(table, image, columns)
    if watched not in WATCHED:
        WATCHED.append(watched)


def install(**_signal) -> None:
    """Make the triggers whose tables are there, as this release wants them.

    Where some were missing, nobody has noted what was changed meanwhile: then every project counts as touched.
    """
    tables = set(connection.introspection.table_names())
    if "images_touch" not in tables:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        gone = missing()
        if connection.vendor == "sqlite":  # which cannot replace them
            remove()
        for watched in WATCHED:
            if watched.table in tables:
                for statement in statements(watched):
                    cursor.execute(statement)
        for statement in FORGET[connection.vendor]:
            cursor.execute(statement)
        if gone:
            cursor.execute(TOUCH_ALL[connection.vendor])


def make_way(plan=(), **_signal) -> None:
    """SQLite drops triggers when a migration rebuilds their table, and fails over ones on tables that it renames."""
    if plan:
        remove()


def remove() -> None:
    tables = set(connection.introspection.table_names())
    on = "" if connection.vendor == "sqlite" else " ON {table}"
    with connection.cursor() as cursor:
        for name, table in names():
            if table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}")


def missing() -> set[str]:
    """Names of triggers that are not there, though they should be."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return {name for name, _table in names()} - there


def names() -> Iterator[tuple[str, str]]:
    for watched in WATCHED:
        for event in EVENTS:
            yield f"touch_{watched.table}_{event}", watched.table
    yield "forget_touches", "projects_project"


def statements(watched: Watched) -> Iterator[str]:
    for event in EVENTS:
        yield from (on_sqlite if connection.vendor == "sqlite" else on_postgresql)(watched, event)


def on_sqlite(watched: Watched, event: str) -> Iterator[str]:
    row = "OLD" if event == "delete" else "NEW"
    itself = watched.table == "images_image"
    image = f"{row}.id AS id, {row}.project_id AS project_id" if itself else "id, project_id"
    source = "" if itself else f"FROM images_image WHERE id = {row}.{watched.image}"
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in watched.columns)
    of, when = (f" OF {', '.join(watched.columns)}", f"WHEN {changed}") if event == "update" else ("", "")
    yield f"""
        CREATE TRIGGER IF NOT EXISTS touch_{watched.table}_{event} AFTER {event}{of} ON {watched.table} {when} BEGIN
            INSERT INTO images_touch (image_id, project_id, number)
            SELECT id, project_id, (
                SELECT COALESCE(MAX(number), 0) + 1 FROM images_touch WHERE project_id = image.project_id
            ) FROM (SELECT {image} {source}) AS image WHERE true
            ON CONFLICT (image_id) DO UPDATE SET project_id = excluded.project_id, number = excluded.number;
        END"""


def on_postgresql(watched: Watched, event: str) -> Iterator[str]:
    """One call a statement. A loop, since a plan that was kept for few rows would be wrong for a hundred thousand."""
    rows = "OLD" if event == "delete" else "NEW"
    itself = watched.table == "images_image"
    project = "project_id" if itself else "NULL::bigint"
    name = f"touch_{watched.table}_{event}"
    yield f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            image bigint;
            project bigint;
        BEGIN
            FOR image, project IN SELECT DISTINCT {watched.image}, {project} FROM changed ORDER BY 1 LOOP
                IF project IS NULL THEN
                    SELECT project_id INTO project FROM images_image WHERE id = image;
                    CONTINUE WHEN NOT FOUND;
                END IF;
                INSERT INTO images_touch (image_id, project_id, number)
                VALUES (image, project, pg_current_xact_id()::text::bigint)
                ON CONFLICT (image_id) DO UPDATE SET project_id = excluded.project_id, number = excluded.number
                WHERE images_touch.number <> excluded.number;
            END LOOP;
            RETURN NULL;
        END $$"""
    yield f"""
        CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {watched.table}
        REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""


# A row whose image is none, but minus its project: whoever kept anything of that project reads all of it anew.
TOUCH_ALL = {
    vendor: f"""
        INSERT INTO images_touch (image_id, project_id, number)
        SELECT -id, id, {number} FROM projects_project WHERE true
        ON CONFLICT (image_id) DO UPDATE SET number = excluded.number"""
    for vendor, number in {
        "sqlite": "(SELECT COALESCE(MAX(number), 0) + 1 FROM images_touch WHERE project_id = projects_project.id)",
        "postgresql": "pg_current_xact_id()::text::bigint",
    }.items()
}
FORGET = {
    "sqlite": [
        """
        CREATE TRIGGER IF NOT EXISTS forget_touches AFTER DELETE ON projects_project BEGIN
            DELETE FROM images_touch WHERE project_id = OLD.id;
        END"""
    ],
    "postgresql": [
        """
        CREATE OR REPLACE FUNCTION forget_touches() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM images_touch WHERE project_id = OLD.id;
            RETURN NULL;
        END $$""",
        """
        CREATE OR REPLACE TRIGGER forget_touches AFTER DELETE ON projects_project
        FOR EACH ROW EXECUTE FUNCTION forget_touches()""",
    ],
}
