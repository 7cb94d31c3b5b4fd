"""What is under way, what waits too long, and what has failed lately."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from labelapp.projects.models import JobStatus
from labelapp.watching.states import State
from labelapp.watching.work import Seen, kinds, title
from training.models import Run, RunStatus
from training.models.run_states import ACTIVE, UNFINISHED

LONG = timedelta(minutes=10)
LATELY = timedelta(hours=24)
MOST_SHOWN = 20


def read(user) -> dict[str, Any]:
    now = timezone.now()
    stuck = sorted([*stuck_jobs(now), *stuck_runs(now)], key=lambda row: row.created_at)
    seen = Seen(user)
    counts = [counted(kind, JobStatus.RUNNING, JobStatus.QUEUED, now) for kind in kinds()]
    counts.append(counted_runs(now))
    return {
        "state": State.WARNING if stuck else State.OK,
        "counts": [each for each in counts if each["running"] or each["waiting"] or each["failed"]],
        "stuck": [described(row, seen, now) for row in stuck[:MOST_SHOWN]],
        "more": max(len(stuck) - MOST_SHOWN, 0),
    }


def stuck_jobs(now) -> list[Any]:
    """Running ones whose worker is silent, and those that wait long; no more than are shown, and one."""
    silent = Q(status=JobStatus.RUNNING, heartbeat_at__lt=now - timedelta(seconds=2 * settings.JOB_LOST_SECONDS))
    waiting = Q(status=JobStatus.QUEUED, created_at__lt=now - LONG)
    return [
        row
        for kind in kinds()
        for row in kind.objects.filter(silent | waiting).select_related("created_by").order_by("pk")[: MOST_SHOWN + 1]
    ]


def stuck_runs(now) -> list[Run]:
    silent = Q(status__in=ACTIVE, heartbeat_at__lt=now - timedelta(seconds=2 * settings.JOB_LOST_SECONDS))
    waiting = Q(status__in=[RunStatus.QUEUED, RunStatus.LOST], created_at__lt=now - LONG)
    return list(Run.objects.filter(silent | waiting).select_related("created_by").order_by("pk")[: MOST_SHOWN + 1])


def counted(kind, running: str, queued: str, now) -> dict[str, Any]:
    found = kind.objects.order_by().aggregate(
        running=Count("pk", Q(status=running)),
        waiting=Count("pk", Q(status=queued)),
        failed=Count("pk", Q(status=JobStatus.FAILED, finished_at__gte=now - LATELY)),
    )
    return {"kind": kind._meta.model_name, "name": str(kind._meta.verbose_name_plural), **found}


def counted_runs(now) -> dict[str, Any]:
    failed = Q(status=RunStatus.FAILED, finished_at__gte=now - LATELY)
    found = (
        Run.objects.order_by()
        .filter(Q(status__in=UNFINISHED) | failed)
        .aggregate(
            running=Count("pk", Q(status__in=ACTIVE)),
            waiting=Count("pk", Q(status__in=[RunStatus.QUEUED, RunStatus.LOST])),
            failed=Count("pk", failed),
        )
    )
    return {"kind": "run", "name": str(Run._meta.verbose_name_plural), **found}


def described(row: Any, seen: Seen, now) -> dict[str, Any]:
    working = row.status not in (JobStatus.QUEUED, RunStatus.LOST)
    return {
        "title": title(row),
        "status": row.status,
        "status_name": row.get_status_display(),
        "project": seen.project(row.project_id),
        "href": seen.href(row),
        "created_by": row.created_by.listed_name,
        "since": row.heartbeat_at if working else row.created_at,
        "reason": _("Its worker is silent") if working else getattr(row, "message", "") or _("It waits for a worker"),
    }
