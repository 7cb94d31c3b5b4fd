"""Working out how far the people of a round agree: one row an attempt, and its figures."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.annotations.models.annotation import Annotation, Row
from labelapp.annotations.models.proposal import DONE
from labelapp.annotations.models.round import Round
from labelapp.annotations.models.round_copy import RoundCopy, RoundImage
from labelapp.projects.models import Job, Kind
from labelapp.projects.models.job import UNFINISHED, JobQuerySet

IMAGES_AT_ONCE = 50


class AgreementQuerySet(JobQuerySet):
    def ask(self, round: Round, by) -> "Agreement":
        """The one that is at it, or a new one."""
        with transaction.atomic():
            Round.objects.select_for_update().get(pk=round.pk)
            job: Any = self.filter(round=round, status__in=UNFINISHED).first()
            if job is None:
                job = self.create(project=round.project, round=round, created_by=by)
                job.enqueue()
        found: Agreement = job
        return found


class Agreement(Job):
    task = "labelapp.annotations.tasks.work_out_agreement"
    page = "round"
    unlisted = ("figures",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agreements")
    figures = models.JSONField(default=dict)  # as ``told`` in consensus/telling.py makes them

    objects = AgreementQuerySet.as_manager()  # type: ignore[misc]

    @property
    def title(self) -> str:
        return _("Working out the agreement of {round}").format(round=self.round)

    @property
    def address(self) -> str:
        from labelapp.projects.addresses import address_of

        return address_of("round", self.project_id, self.round.number)

    def open_to(self, user, role_allows: bool) -> bool:
        return self.project.allows(user, "review")

    def work(self) -> None:
        from labelapp.annotations.consensus.telling import Comparison

        chosen = list(self.round.chosen.filter(image__trashed_at=None).order_by("pk"))
        people = list(self.round.seats.order_by("pk").values_list("person", flat=True))
        comparison = Comparison(people, one_class=self.project.kind == Kind.CLASSIFICATION)
        for start in range(0, len(chosen), IMAGES_AT_ONCE):
            some = chosen[start : start + IMAGES_AT_ONCE]
            labels = labels_of(some)
            for each in some:
                each.proposal = comparison.add(labels[each.pk])
                each.people = len(labels[each.pk])
            self.report((start + len(some)) / len(chosen) * 0.95)
        figures, scores = comparison.told()
        for each, score in zip(chosen, scores, strict=True):
            each.score = score
        with transaction.atomic():
            self.report(1.0, figures=figures)
            RoundImage.objects.bulk_update(chosen, ["score", "people", "proposal"], batch_size=200)


def labels_of(chosen: list[RoundImage]) -> dict[int, dict[int, list[Row]]]:
    """For each image of a round what each person gave it, by their id; who has not labelled it is left out."""
    copies = RoundCopy.objects.filter(chosen__in=chosen, image__status__in=DONE)
    found: dict[int, dict[int, list[Row]]] = {each.pk: {} for each in chosen}
    rows: dict[int, list[Row]] = {}
    for image, of, person in copies.order_by("seat").values_list("image_id", "chosen_id", "seat__person_id"):
        rows[image] = found[of][person] = []
    for annotation in Annotation.objects.filter(image__in=list(rows)).order_by("created_at", "pk"):
        rows[annotation.image_id].append(annotation.row)
    return found


def latest(round: Round) -> "Agreement | None":
    found: Any = round.agreements.order_by("-pk").first()
    return found
