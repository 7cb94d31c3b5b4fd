"""What Prometheus is told of the whole site: read from database, Redis and disk when it asks, and then kept a while."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from labelapp.projects.models import JobStatus
from labelapp.version import VERSION
from labelapp.watching import broker, database, work
from labelapp.watching.asking import kept, within
from labelapp.watching.parts import space
from training.models import Run, RunStatus, Worker

SECONDS_KEPT = 10
SECONDS_FOR_REDIS = 5.0

logger = logging.getLogger(__name__)


class SiteCollector(Collector):
    """Each part by itself: a Redis that is away leaves the others as they are, and shows as ``labelapp_up 0``."""

    def describe(self) -> Iterable[Metric]:
        """Nothing: else the registry would read it all at start to learn the names."""
        return []

    def collect(self) -> Iterable[Metric]:
        yield gauge("labelapp_info", "Which LabelApp answers.", ["version"], [([VERSION], 1)])
        up = GaugeMetricFamily("labelapp_up", "Whether this part could be read.", labels=["part"])
        for name, read in PARTS.items():
            try:
                yield from read()
                up.add_metric([name], 1)
            except Exception as error:
                logger.warning("No metrics of %s: %s", name, error)
                up.add_metric([name], 0)
        yield up


@kept(SECONDS_KEPT)
def redis() -> list[Metric]:
    info, queues = within(SECONDS_FOR_REDIS, "metrics of Redis", lambda: (broker.info(), broker.queues()))
    return [
        gauge("labelapp_redis_memory_bytes", "Memory that Redis uses.", [], [([], info["used_memory"])]),
        gauge("labelapp_redis_memory_limit_bytes", "What it may use; 0: all.", [], [([], info.get("maxmemory", 0))]),
        gauge("labelapp_queue_length", "Tasks waiting.", ["queue"], [([q["name"]], q["length"]) for q in queues]),
        gauge(
            "labelapp_queue_oldest_seconds", "How long the oldest task has waited.", ["queue"],
            [([q["name"]], q["oldest_seconds"] or 0) for q in queues],
        ),
    ]  # fmt: skip


@kept(SECONDS_KEPT)
def jobs() -> list[Metric]:
    counts, ages = [], []
    for kind in work.kinds():
        name = str(kind._meta.model_name)
        found = by_status(kind.objects.order_by())
        counts += [([name, status], found.get(status, (0, None))[0]) for status in JobStatus.values]
        ages += [([name, s], age(found.get(s, (0, None))[1])) for s in (JobStatus.QUEUED, JobStatus.RUNNING)]
    return [
        gauge("labelapp_jobs", "Jobs by kind and status.", ["job", "status"], counts),
        gauge("labelapp_job_oldest_seconds", "Age of the oldest that has not ended.", ["job", "status"], ages),
    ]


@kept(SECONDS_KEPT)
def runs() -> list[Metric]:
    found = by_status(Run.objects.order_by())
    counts = [([status], found.get(status, (0, None))[0]) for status in RunStatus.values]
    waiting = age(found.get(RunStatus.QUEUED, (0, None))[1])
    silent = Run.objects.unheard().aggregate(oldest=Min("heartbeat_at"))["oldest"]
    return [
        gauge("labelapp_runs", "Runs by status.", ["status"], counts),
        gauge("labelapp_run_oldest_queued_seconds", "Age of the oldest queued run.", [], [([], waiting)]),
        gauge(
            "labelapp_run_longest_silence_seconds", "Of a run whose worker is not heard of.", [], [([], age(silent))]
        ),
    ]


@kept(SECONDS_KEPT)
def workers() -> list[Metric]:
    rows = list(Worker.objects.filter(ended_at=None))
    labels = [([row.name, row.kind, row.node, ",".join(row.queues)], row) for row in rows]
    names = ["worker", "kind", "node", "queues"]
    return [
        gauge("labelapp_worker_up", "Whether it was heard of lately.", names, [(of, row.alive) for of, row in labels]),
        gauge(
            "labelapp_worker_heartbeat_timestamp_seconds", "When it was last heard of.", names,
            [(of, row.seen_at.timestamp()) for of, row in labels],
        ),
        gauge("labelapp_worker_tasks", "Tasks it works on.", names, [(of, len(row.doing)) for of, row in labels]),
    ]  # fmt: skip


@kept(SECONDS_KEPT)
def saved() -> list[Metric]:
    """By the newest numbers that the database has given: all processes together, and nothing is counted."""
    images, changes = database.ever_made("images_image"), database.ever_made("annotations_revision")
    return [
        counter("labelapp_images_saved", "Images ever added.", images),
        counter("labelapp_annotation_changes_saved", "Change sets of annotations ever saved.", changes),
    ]


@kept(60)
def size() -> list[Metric]:
    return [gauge("labelapp_database_bytes", "Size of the database.", [], [([], database.size())])]


@kept(SECONDS_KEPT)
def disks() -> list[Metric]:
    found = space.by_disk()
    return [
        gauge(
            "labelapp_disk_free_bytes",
            "Free where files are kept.",
            ["path"],
            [([d["path"]], d["free"]) for d in found],
        ),
        gauge("labelapp_disk_bytes", "Size of that disk.", ["path"], [([d["path"]], d["total"]) for d in found]),
    ]


PARTS: dict[str, Callable[[], list[Metric]]] = {
    "redis": redis, "jobs": jobs, "runs": runs, "workers": workers, "saved": saved, "database": size, "disk": disks,
}  # fmt: skip


def by_status(queryset) -> dict[str, tuple[int, Any]]:
    """Status -> how many, and since when the oldest."""
    rows = queryset.values_list("status").annotate(n=Count("pk"), oldest=Min("created_at"))
    return {status: (count, oldest) for status, count, oldest in rows}


def age(since) -> float:
    return (timezone.now() - since).total_seconds() if since else 0.0


def gauge(name: str, text: str, labels: list[str], values: Iterable[tuple[list[str], float]]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=labels)
    for of, value in values:
        family.add_metric(of, float(value))
    return family


def counter(name: str, text: str, value: float) -> Metric:
    return CounterMetricFamily(name, text, value=value)
