from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Self

from django.core.files import File
from django.db import models
from django.utils import timezone

from labelapp.images.arrival import Arrival, Outcome, receive
from labelapp.images.models.admission import Admission
from labelapp.projects.models.membership import in_projects_of
from labelapp.projects.models.project_trash import trash_ends

BATCH = 500


class Originals(models.Manager):
    """All images but the copies that rounds give to people: no list, count, export or search meets one."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(copy_of=None)


class ImageQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(in_projects_of(user, "project__"))

    def kept(self) -> Self:
        return self.filter(trashed_at=None)

    def trashed(self) -> Self:
        return self.exclude(trashed_at=None)

    def statuses_of(self, projects: list[int]) -> dict[int, dict[str, int]]:
        """For each project how many images outside the trash have each status; few queries for all of them."""
        from labelapp.images.shelf import shelf

        return shelf.statuses(projects)

    def annotations_of(self, project: int) -> dict[int, int]:
        """How many annotations of each class there are on the project's images outside the trash."""
        from labelapp.images.shelf import shelf

        return shelf.catalogue(project).annotations()

    def unprepared(self, for_seconds: int = 0) -> Self:
        """Images whose thumbnail and display size are not made yet, for at least so long."""
        return self.filter(prepared=False, created_at__lte=timezone.now() - timedelta(seconds=for_seconds))

    def add(self, project, user, name: str, file: File) -> Outcome:
        """Make a file an image of the project; never raises because of what the file holds."""
        return self.add_many(project, user, [(name, file)])[0]

    def add_many(self, project, user, files: Iterable[tuple[str, File]]) -> list[Outcome]:
        """As ``add`` for many files, which may be opened lazily; one outcome each, in order."""
        outcomes: list[Outcome] = []
        batch: list[Arrival | Outcome] = []
        for name, file in files:
            batch.append(receive(name, file))
            if len(batch) == BATCH:
                outcomes += self.admit(project, user, batch)
                batch = []
        return outcomes + self.admit(project, user, batch)

    def admit(self, project, user, arrivals: Iterable[Arrival | Outcome]) -> list[Outcome]:
        """Make images of stored pictures with a handful of queries; refusals pass through in their places."""
        return Admission(project, user).admit(list(arrivals))

    def expired(self) -> Self:
        """Images whose days in the trash are over."""
        return self.filter(trashed_at__lt=trash_ends())

    def move_to_trash(self, user) -> int:
        now = timezone.now()
        return self.filter(trashed_at=None).update(trashed_at=now, trashed_by=user, updated_at=now)

    def restore(self) -> int:
        return self.exclude(trashed_at=None).update(trashed_at=None, trashed_by=None, updated_at=timezone.now())

    def discard(self, note: Callable[..., object] = lambda images: None) -> int:
        """Delete for good, with everything on them; returns how many there were.

        Args:
            note: told in each transaction how many ``images`` go with it.
        """
        from labelapp.images.deletion import delete_for_good

        return delete_for_good(self, note)

    def assign_split(self, split: str) -> int:
        return self.exclude(split=split).update(split=split, updated_at=timezone.now())


class WithCopiesQuerySet(ImageQuerySet):
    """Of images and of the copies of rounds: for what somebody does on one image at hand."""

    def visible_to(self, user) -> Self:
        """Of the copies only one's own. What a round knows of them comes from a room to the right."""
        return super().visible_to(user).filter(models.Q(copy_of=None) | models.Q(copied__seat__person=user))
