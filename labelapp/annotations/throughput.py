"""What each person has done in a project day by day: grouped in the database, by an index that has all it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, Func, Q, Sum

from labelapp.annotations.models import Revision
from labelapp.images.models import Image, ImageStatus

LABELLED, APPROVED, SENT_BACK = ImageStatus.LABELLED, ImageStatus.APPROVED, ImageStatus.SENT_BACK
NOT_YET = (ImageStatus.NEW, ImageStatus.IN_PROGRESS, SENT_BACK)  # before an image is labelled

# An image counts once a day for each person; taking an approval back is no labelling.
COUNTS: dict[str, Any] = {
    "labelled": Count("image", distinct=True, filter=Q(status=LABELLED, status_before__in=NOT_YET)),
    "approved": Count("image", distinct=True, filter=Q(status=APPROVED) & ~Q(status_before=APPROVED)),
    "sent_back": Count("image", distinct=True, filter=Q(status=SENT_BACK) & ~Q(status_before=SENT_BACK)),
    "drawn": Sum("drawn", default=0),
    "accepted": Sum("accepted", default=0),
    "corrected": Sum("corrected", default=0),
}
Row = dict[str, Any]


class Day(Func):
    """The day of a moment, as text, where clocks are so many minutes before UTC. Django's own calls Python for each row
    on SQLite, which takes a second for a hundred thousand."""

    output_field = CharField()

    def __init__(self, expression: Any, minutes: int):
        super().__init__(expression, minutes=minutes)

    def as_sqlite(self, compiler, connection, **context) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '%(minutes)d minutes')", **context)

    def as_postgresql(self, compiler, connection, **context) -> Any:
        shifted = "(%(expressions)s AT TIME ZONE 'UTC' + interval '%(minutes)d minutes')"
        return self.as_sql(compiler, connection, template=f"to_char({shifted}, 'YYYY-MM-DD')", **context)


@dataclass(frozen=True)
class Stretch:
    """Days on which clocks are set alike."""

    first: date
    last: date
    minutes: int  # before UTC


def throughput(project, first: date, last: date, zone: ZoneInfo) -> list[Row]:
    """One row for each person and day on which they did anything: ``person``, ``day`` and the names of COUNTS."""
    # A subquery: with a join SQLite would not read the index alone. What is done in a round is work too.
    revisions = Revision.objects.filter(image__in=Image.everything.filter(project=project).values("pk"))
    return [row for stretch in stretches(first, last, zone) for row in rows_of(revisions, stretch, zone)]


def rows_of(revisions, stretch: Stretch, zone: ZoneInfo) -> Iterator[Row]:
    within = revisions.filter(
        created_at__gte=midnight(stretch.first, zone), created_at__lt=midnight(stretch.last + timedelta(days=1), zone)
    )
    days = within.order_by().annotate(day=Day("created_at", stretch.minutes)).values("author", "day")
    for row in days.annotate(**{f"sum_{name}": count for name, count in COUNTS.items()}).order_by("day", "author"):
        counts = {name: row[f"sum_{name}"] for name in COUNTS}
        if any(counts.values()):
            yield {"person": row["author"], "day": row["day"], **counts}


def stretches(first: date, last: date, zone: ZoneInfo) -> Iterator[Stretch]:
    """The days from first to last, cut where clocks are changed."""
    begun, minutes = first, offset(first, zone)
    day = first
    while day < last:
        day += timedelta(days=1)
        if offset(day, zone) != minutes:
            yield Stretch(begun, day - timedelta(days=1), minutes)
            begun, minutes = day, offset(day, zone)
    yield Stretch(begun, last, minutes)


def offset(day: date, zone: ZoneInfo) -> int:
    """At noon: in the night the clocks may be changed."""
    found = datetime.combine(day, time(12), zone).utcoffset()
    return int(found.total_seconds() // 60) if found else 0


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
