"""All long work of a project as one list, whatever table each kind lies in."""

import base64
import json
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from labelapp.lib import strict_json
from labelapp.projects.models.long_work import LongWork

Place = tuple[datetime, str, int]  # of a row in the list: the moment by which it is listed, its kind, its id
ENDED = ("ended", "failed")  # states whose rows are listed by when they ended, others by when they were asked for


def kinds() -> dict[str, Any]:
    """The models of long work of all rooms, by name."""
    found: dict[Any, Any] = {each._meta.model_name: each for each in apps.get_models() if issubclass(each, LongWork)}
    return dict(sorted(found.items()))


def newest(
    project, size: int, before: Place | None = None, *, kind: str = "", state: str = "", person: int | None = None
) -> list[Any]:
    """Rows of all kinds, or of one: last asked for first, and of what has ended, last ended first.

    Args:
        before: continue after the row at this place.
        state: ``ongoing``, ``ended`` or ``failed``; empty: every.
        person: id of who asked for it.
    """
    moment = Coalesce("finished_at", "created_at") if state in ENDED else F("created_at")
    rows: list[Any] = []
    for name, model in kinds().items():
        if kind in ("", name):
            some = of_state(model, model.listed(project), state).annotate(listed_at=moment)
            some = some.filter(created_by=person) if person else some
            some = after(some, name, before) if before else some
            rows += some.select_related("created_by").order_by("-listed_at", "-id")[:size]
    return sorted(rows, key=place, reverse=True)[:size]


def place(row: Any) -> Place:
    return row.listed_at, row._meta.model_name, row.pk


def ongoing(project) -> int:
    """How many rows of all kinds go on now."""
    return sum(of_state(model, model.listed(project), "ongoing").count() for model in kinds().values())


def of_state(model: type[Any], rows: QuerySet, state: str) -> QuerySet:
    if state == "ongoing":
        return rows.filter(status__in=model.unfinished)
    if state == "ended":
        return rows.exclude(status__in=model.unfinished)
    return rows.filter(model.failures()) if state == "failed" else rows


def after(rows: "QuerySet[Model]", name: str, before: Place) -> "QuerySet[Model]":
    moment, kind, pk = before
    tied = {"pk__lt": pk} if name == kind else {} if name < kind else {"pk": None}
    return rows.filter(Q(listed_at__lt=moment) | Q(listed_at=moment, **tied))


def written(at: Place) -> str:
    """A place as the text of a cursor."""
    text = json.dumps([at[0].isoformat(), at[1], at[2]])
    return base64.urlsafe_b64encode(text.encode()).decode()


def read(cursor: str) -> Place:
    """Raises ValueError and its like for what ``written`` has not written."""
    moment, kind, pk = strict_json.loads(base64.urlsafe_b64decode(cursor.encode()).decode())
    at = datetime.fromisoformat(moment)
    if at.tzinfo is None or type(pk) is not int or not isinstance(kind, str):
        raise ValueError
    return at, kind, pk
