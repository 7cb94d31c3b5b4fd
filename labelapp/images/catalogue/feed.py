"""Which images have been touched since one last looked: exact, whatever is written meanwhile."""

from django.db import connection


def bookmark(project: int) -> int:
    """Where to go on the next time. Asked before reading: what is committed in between is read twice, never missed.

    On PostgreSQL a transaction with a lower id may be committed after one with a higher: one goes on at the oldest
    transaction that is still open.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM images_touch WHERE project_id = %s", [project])
        else:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def since(project: int, mark: int) -> list[int]:
    """Ids of images; a negative one stands for all of them (see ``touching.install``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT image_id FROM images_touch WHERE project_id = %s AND number >= %s", [project, mark])
        return [pk for (pk,) in cursor.fetchall()]


def stale(marks: dict[int, int]) -> set[int]:
    """Of projects with their bookmarks: those of which an image has been touched since; one query."""
    if not marks:
        return set()
    values = ", ".join(["(%s, %s)"] * len(marks))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked (project, mark) AS (VALUES {values}) SELECT project FROM asked WHERE EXISTS "
            "(SELECT 1 FROM images_touch WHERE project_id = asked.project AND number >= asked.mark)",
            [number for pair in marks.items() for number in pair],
        )
        return {pk for (pk,) in cursor.fetchall()}


def forget_the_future() -> int:
    """Numbers of a cluster that this database was restored from may be higher than any that this one has given."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(number), 0) > pg_current_xact_id()::text::bigint FROM images_touch")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("UPDATE images_touch SET number = 0 WHERE number > pg_current_xact_id()::text::bigint")
        return int(cursor.rowcount)
