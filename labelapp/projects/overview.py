"""What a project's front page says: how far the loop has come, and what to do next."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.lib.sizes import readable_count
from labelapp.projects.addresses import address_of
from labelapp.projects.models import Job, Project
from labelapp.projects.models.job import UNFINISHED
from labelapp.projects.models.remark import Remark

DONE = {"labelled", "approved"}
RECENT_JOBS = 6
RECENT_DAYS = 7
WORKING_RUN = {"queued", "preparing", "running", "stopping", "lost"}


@dataclass(frozen=True)
class Step:
    """One step of the loop. ``state``: done, now or later."""

    title: str
    text: str
    icon: str
    state: str
    href: str
    action: str
    progress: float | None = None
    status: str = ""
    to_look_at: bool = False  # where the action leads, there is something for everybody to see


@dataclass(frozen=True)
class Activity:
    """Something that was done or is being done in the project."""

    title: str
    at: Any
    icon: str
    status: str = ""
    progress: float | None = None
    error: str = field(default="")
    remark: Remark | None = None


class Overview:
    """
    Args:
        may_label: Whether whoever looks may do the next steps; others are shown how far it has come.
    """

    def __init__(self, project: Project, may_label: bool = True):
        self.project = project
        self.may_label = may_label

    @cached_property
    def statuses(self) -> dict[str, int]:
        """How many images outside the trash have each status."""
        return self.project.images.statuses_of([self.project.pk])[self.project.pk]

    @property
    def images(self) -> int:
        return sum(self.statuses.values())

    @property
    def labelled(self) -> int:
        return sum(count for status, count in self.statuses.items() if status in DONE)

    @cached_property
    def classes(self) -> list[Any]:
        """The label classes with ``count``, the number of their annotations, and ``share`` of the largest."""
        rows: list[Any] = list(self.project.classes.all())
        counts = self.project.images.annotations_of(self.project.pk)
        most = max(counts.values(), default=0)
        for each in rows:
            each.count = counts.get(each.pk, 0)
            each.share = each.count / most if most else 0
        return rows

    @cached_property
    def version(self):
        return self.project.versions.filter(status="completed").order_by("-id").first()

    @cached_property
    def run(self):
        return self.project.runs.order_by("-id").first()

    @cached_property
    def models(self) -> int:
        return self.project.models.count()

    @cached_property
    def unfinished(self) -> bool:
        working = self.run is not None and self.run.status in WORKING_RUN
        return working or any(each.status in UNFINISHED for each in self.jobs)

    @cached_property
    def steps(self) -> list[Step]:
        facts = [
            (bool(self.images), self._images_step),
            (bool(self.labelled) and self.labelled == self.images, self._label_step),
            (self.version is not None, self._version_step),
            (self.run is not None and self.run.status in {"completed", "stopped"}, self._run_step),
            (bool(self.models), self._model_step),
        ]
        now = next_step([done for done, _make in facts])
        steps = [make("done" if done else "now" if at == now else "later") for at, (done, make) in enumerate(facts)]
        return steps if self.may_label else [step if step.to_look_at else replace(step, href="") for step in steps]

    def _images_step(self, state: str) -> Step:
        text = ngettext("{count} image", "{count} images", self.images).format(count=readable_count(self.images))
        return Step(
            _("Add images"), text if self.images else _("Drop files, folders or ZIPs."), "images", state,
            self._page("upload"), _("Add images"),
        )  # fmt: skip

    def _label_step(self, state: str) -> Step:
        if not self.images:
            return Step(_("Label"), _("One key per image."), "tag", state, self._page("label"), _("Label"))
        share = self.labelled / self.images
        text = _("{labelled} of {images} labelled").format(
            labelled=readable_count(self.labelled), images=readable_count(self.images)
        )
        action = _("Go on labelling") if self.labelled else _("Start labelling")
        return Step(_("Label"), text, "tag", state, self._page("label"), action, progress=share)

    def _version_step(self, state: str) -> Step:
        text, action = _("A frozen snapshot with its split."), _("Freeze a version")
        if self.version is not None:
            text = _("Version {number} is the newest").format(number=self.version.number)
            action = action if self.may_label else _("Open the versions")
        there = self.version is not None
        return Step(_("Freeze a version"), text, "layers", state, self._page("versions"), action, to_look_at=there)

    def _run_step(self, state: str) -> Step:
        text, status, progress = _("Pick a preset and go."), "", None
        page, action = self._page("run-new" if self.version else "runs"), _("Train")
        if self.run is not None:
            status = self.run.status
            text = _("Run {number}").format(number=self.run.number)
            if status in WORKING_RUN and self.run.epochs:
                text = _("Run {number}, epoch {epoch} of {epochs}").format(
                    number=self.run.number, epoch=self.run.epoch, epochs=self.run.epochs
                )
                progress = self.run.epoch / self.run.epochs
            if status in WORKING_RUN:
                page, action = address_of("run", self.run.pk), _("Watch it")
            elif not self.may_label:
                page, action = self._page("runs"), _("Open the runs")
        there = self.run is not None
        return Step(
            _("Train"), text, "chart-spline", state, page, action, progress=progress, status=status, to_look_at=there
        )

    def _model_step(self, state: str) -> Step:
        text = _("Try it, download it, let it label.")
        if self.models:
            text = ngettext("{count} model", "{count} models", self.models).format(count=self.models)
        return Step(
            _("Use the model"), text, "brain", state, self._page("models"), _("Open the models"), to_look_at=True
        )

    @cached_property
    def jobs(self) -> list[Job]:
        """The newest jobs of every kind."""
        kinds = [each for each in apps.get_models() if issubclass(each, Job)]
        newest = [job for kind in kinds for job in kind.listed(self.project)[:RECENT_JOBS]]
        return sorted(newest, key=lambda job: job.created_at, reverse=True)[:RECENT_JOBS]

    @cached_property
    def activity(self) -> list[Activity]:
        rows = [
            Activity(
                job.title, job.finished_at or job.created_at, "cog",
                job.status, job.progress if job.status == "running" else None, job.reason,
                job.remark,
            )
            for job in self.jobs
        ]  # fmt: skip
        return sorted([*rows, *self._labelling()], key=lambda each: each.at, reverse=True)[: RECENT_JOBS + 4]

    def _labelling(self) -> list[Activity]:
        """Who labelled how many images in the last days."""
        since = timezone.now() - timedelta(days=RECENT_DAYS)
        revisions = apps.get_model("annotations", "Revision").objects
        rows = revisions.filter(image__project=self.project, image__copy_of=None, created_at__gte=since).order_by()
        done = list(rows.values("author").annotate(images=Count("image", distinct=True), at=Max("created_at")))
        people = get_user_model().objects.in_bulk([each["author"] for each in done])
        return [
            Activity(
                ngettext("{name} labelled {count} image", "{name} labelled {count} images", each["images"]).format(
                    name=people[each["author"]].listed_name, count=readable_count(each["images"])
                ),
                each["at"],
                "tag",
            )
            for each in done
        ]

    def _page(self, name: str) -> str:
        return address_of(name, self.project.pk)


def next_step(done: list[bool]) -> int | None:
    """The first open step after the last done one: who has frozen a version goes on, labelled or not."""
    last = max((at for at, each in enumerate(done) if each), default=-1)
    later = [at for at, each in enumerate(done) if not each and at > last]
    return next(iter(later or [at for at, each in enumerate(done) if not each]), None)
