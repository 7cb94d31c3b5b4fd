from collections.abc import Sequence

from django.apps import apps
from django.db import transaction

from labelapp.images.arrival import Arrival, Outcome
from labelapp.images.models.leftover import Leftover
from labelapp.images.queue import after_commit
from labelapp.projects.space import Space, over_quota

PREPARED_AT_ONCE = 50


class Admission:
    """Makes images of a project out of pictures whose originals are stored."""

    def __init__(self, project, user):
        self.project = project
        self.user = user
        self.images = apps.get_model("images", "Image").objects

    def admit(self, arrivals: Sequence[Arrival | Outcome]) -> list[Outcome]:
        pictures = [each for each in arrivals if isinstance(each, Arrival)]
        if not pictures:
            return [each for each in arrivals if isinstance(each, Outcome)]
        with transaction.atomic():
            # Uploads of one project wait for each other here, so that the same file sent twice at once is one row.
            self.project.lock()
            known = self._known(pictures)
            arrivals = self._within_quota(arrivals, known)
            pictures = [each for each in arrivals if isinstance(each, Arrival)]
            restored = {sha256 for sha256, (_, trashed) in known.items() if trashed}
            self.images.filter(pk__in=[known[sha256][0] for sha256 in restored]).restore()
            ids = {sha256: pk for sha256, (pk, _) in known.items()} | self._create(pictures, known)
        fresh = set(ids) - (set(known) - restored)
        return [self._outcome(each, ids, fresh) if isinstance(each, Arrival) else each for each in arrivals]

    def _within_quota(self, arrivals: Sequence[Arrival | Outcome], known: dict) -> list[Arrival | Outcome]:
        """New pictures beyond the project's quota become refusals; asked under the lock, so that it holds exactly."""
        space = Space(self.project)
        left = space.left_of_quota
        if left is None:
            return list(arrivals)
        counted, told, refused = set(known), [], set()
        for each in arrivals:
            if isinstance(each, Arrival) and each.sha256 not in counted:
                if each.size_bytes > left:
                    refusal = over_quota(each.size_bytes, left, space.quota or 0)
                    refused.add(each.sha256)
                    each = Outcome.refused(each.name, str(refusal.detail))
                else:
                    counted.add(each.sha256)
                    left -= each.size_bytes
            told.append(each)
        if refused:
            Leftover.objects.note(refused)
        return told

    def _known(self, pictures: list[Arrival]) -> dict[str, tuple[int, bool]]:
        """Locked: none of them is deleted for good before it is restored."""
        rows = self.images.filter(project=self.project, sha256__in={each.sha256 for each in pictures})
        rows = rows.select_for_update()
        return {sha256: (pk, at is not None) for sha256, pk, at in rows.values_list("sha256", "pk", "trashed_at")}

    def _create(self, pictures: list[Arrival], known: dict) -> dict[str, int]:
        first_of_each: dict[str, Arrival] = {}
        for each in pictures:
            if each.sha256 not in known:
                first_of_each.setdefault(each.sha256, each)
        rows = self.images.bulk_create([self._row(each) for each in first_of_each.values()])
        prepare([row.pk for row in rows])
        return {row.sha256: row.pk for row in rows}

    def _row(self, arrival: Arrival):
        facts = arrival.facts
        return self.images.model(
            project=self.project, created_by=self.user, name=arrival.name, sha256=arrival.sha256,
            size_bytes=arrival.size_bytes, format=facts.format, width=facts.width, height=facts.height,
            orientation=facts.orientation,
        )  # fmt: skip

    def _outcome(self, arrival: Arrival, ids: dict[str, int], fresh: set[str]) -> Outcome:
        if arrival.sha256 in fresh:
            fresh.discard(arrival.sha256)
            return Outcome(arrival.name, "added", ids[arrival.sha256], arrival.facts.note)
        return Outcome(arrival.name, "duplicate", ids[arrival.sha256])


def prepare(ids: list[int]) -> None:
    """Have thumbnails and display sizes made after the commit; a beat task finds what got lost on the way."""
    for start in range(0, len(ids), PREPARED_AT_ONCE):
        after_commit("labelapp.images.tasks.prepare_images", ids[start : start + PREPARED_AT_ONCE])
