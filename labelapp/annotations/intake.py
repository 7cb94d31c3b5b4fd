"""Files that were sent, on their way to being images of a project; a ZIP becomes an archive that a worker unpacks."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from labelapp.annotations.models import Archive
from labelapp.annotations.uploads import admit
from labelapp.images.arrival import Arrival, Outcome, clean, receive_all
from labelapp.images.decoding import Refused
from labelapp.images.models import FileMark, Leftover, Received, Upload
from labelapp.projects.errors import Conflict
from labelapp.projects.models import JobStatus


@dataclass(frozen=True)
class Sent:
    """One file as it was sent; ``mark`` is given for files of an upload."""

    name: str
    file: File
    mark: FileMark | None = None

    @property
    def is_zip(self) -> bool:
        return self.name.lower().endswith(".zip")


@dataclass(frozen=True)
class Taken:
    """What became of a sent file; ``archive`` of a ZIP that could be opened."""

    outcome: Outcome
    archive: Archive | None = None


class Intake:
    def __init__(self, project, user, class_from: str, upload: Upload | None = None):
        self.project = project
        self.user = user
        self.class_from = class_from
        self.upload = upload

    def take(self, files: Sequence[Sent]) -> list[Taken]:
        """Judge, store and admit the files; one answer each, in order. What has arrived before is not done again.

        Raises:
            Conflict: the upload was cancelled.
        """
        if self.upload is not None:
            self.upload.require_open()
        taken = self._known(files)
        pictures = [place for place, each in enumerate(files) if place not in taken and not each.is_zip]
        taken |= dict(zip(pictures, self._admit([files[place] for place in pictures]), strict=True))
        for place, each in enumerate(files):
            if place not in taken:
                taken[place] = self._open(each)
        return [taken[place] for place in range(len(files))]

    def _known(self, files: Sequence[Sent]) -> dict[int, Taken]:
        if self.upload is None:
            return {}
        known = self.upload.known(each.mark for each in files if each.mark)
        return {
            place: Taken(
                Outcome(clean(each.name), row.status, row.image, row.reason),
                Archive.objects.filter(pk=row.archive, project=self.project).first() if row.archive else None,
            )
            for place, each in enumerate(files)
            if each.mark and (row := known.get(each.mark.key))
        }

    def _admit(self, files: Sequence[Sent]) -> list[Taken]:
        if not files:
            return []
        arrivals = receive_all((each.name, each.file) for each in files)
        try:
            with transaction.atomic():
                taken = [Taken(each) for each in admit(self.project, self.user, arrivals, self.class_from)]
                self._note(files, taken)
        except Conflict:  # cancelled meanwhile: they are stored, and shown by nothing
            Leftover.objects.note(each.sha256 for each in arrivals if isinstance(each, Arrival))
            raise
        return taken

    def _open(self, sent: Sent) -> Taken:
        name = clean(sent.name)
        try:
            archive = Archive.objects.open(
                self.project, self.user, name[:1000], sent.file, self.class_from,
                note=lambda archive: self._note([sent], [Taken(Outcome(name, "added"), archive)]),
            )  # fmt: skip
        except Refused as refusal:
            taken = Taken(Outcome.refused(name, str(refusal)))
            self._note([sent], [taken])
            return taken
        return Taken(Outcome(name, "added"), archive)

    def _note(self, files: Sequence[Sent], taken: Sequence[Taken]) -> None:
        if self.upload is None:
            return
        self.upload.receive([
            Received(
                sent.mark, each.outcome.status, each.outcome.id, each.outcome.reason,
                each.archive.pk if each.archive else None,
            )
            for sent, each in zip(files, taken, strict=True) if sent.mark
        ])  # fmt: skip


def rendered(taken: Taken, patience: float | None = None) -> dict[str, Any]:
    """As the report of the API has it; waits a moment for a ZIP, so that small ones are answered like files."""
    from labelapp.annotations.api.archives import ArchiveOutput

    if taken.archive is None:
        return asdict(taken.outcome)
    archive = ended(taken.archive, settings.ARCHIVE_WAIT_SECONDS if patience is None else patience)
    result: dict[str, Any] = asdict(outcome_of(archive))
    result["archive"] = dict(ArchiveOutput(archive).data)
    if archive.finished:
        result["results"] = archive.results
    return result


def outcome_of(archive: Archive) -> Outcome:
    """A ZIP counts as added unless it is known that nothing of it was taken."""
    if archive.status == JobStatus.FAILED:
        return Outcome.refused(archive.name, archive.error)
    if archive.finished and all(each["status"] == "refused" for each in archive.results):
        return Outcome.refused(archive.name, _("None of the files in the ZIP could be added."))
    return Outcome(archive.name, "added")


def ended(archive: Archive, patience: float) -> Archive:
    """The row once it has ended, or as it is when the patience is over: small ZIPs answer like files do."""
    deadline = time.monotonic() + patience
    while not archive.finished and time.monotonic() < deadline:
        time.sleep(0.1)
        archive.refresh_from_db(fields=["status", "progress", "error"])
    archive.refresh_from_db()
    return archive
