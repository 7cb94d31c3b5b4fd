from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from labelapp.lib.sizes import readable_count
from labelapp.projects.models import Job, JobStatus
from labelapp.projects.models.remark import Remark


class Bringing(Job):
    """Work that brings files into a project, and what became of them so far."""

    added = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta(Job.Meta):
        abstract = True

    @classmethod
    def failures(cls) -> models.Q:
        """Also what has come to its end without bringing anything."""
        nothing = models.Q(status=JobStatus.COMPLETED, refused__gt=0, added=0, duplicate=0)
        return super().failures() | nothing

    @property
    def remark(self) -> Remark | None:
        if self.status != JobStatus.COMPLETED or not self.refused:
            return super().remark
        if not self.added and not self.duplicate:
            return Remark("danger", _("All refused"))
        return Remark("warning", _("Some refused"))

    @property
    def summary(self) -> str:
        said = (
            (self.added, _("{count} added")),
            (self.duplicate, _("{count} there already")),
            (self.refused, _("{count} refused")),
        )
        return ", ".join(text.format(count=readable_count(count)) for count, text in said if count)

    def count(self, statuses: Mapping[str, int]) -> dict[str, int]:
        """The numbers with these added to them; they are not saved."""
        return {name: getattr(self, name) + statuses.get(name, 0) for name in ("added", "duplicate", "refused")}
