"""What people have labelled in a round becomes the labels of its images."""

import uuid
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError

from labelapp.annotations.models.annotation import Annotation, Row
from labelapp.annotations.models.image_state import ImageState
from labelapp.annotations.models.revision import Revision
from labelapp.annotations.models.round import Round
from labelapp.annotations.models.round_copy import RoundImage
from labelapp.images.models import ImageStatus
from labelapp.lib.sizes import readable_count
from labelapp.projects.addresses import address_of
from labelapp.projects.models import AuditEntry, Job, Kind
from labelapp.projects.models.remark import Remark

STATUSES = [ImageStatus.LABELLED.value, ImageStatus.APPROVED.value]
MOST_TOLD = 200  # images that were left, by name


class Merged(models.Model):
    """That a revision of an image came out of a round: stays when the round is deleted."""

    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="merged")
    key = models.UUIDField(db_index=True)  # of the revision
    round_number = models.PositiveIntegerField()


def merge(
    chosen: RoundImage, by, take: list[str], status: str, key: uuid.UUID, base_revision: int | None = None
) -> ImageState:
    """Give the image these labels instead of those that it has, as one revision.

    Args:
        take: ids of annotations of the image's copies, and of those on the image itself that stay.
        status: labelled or approved.
        key: of the change set; the same key again gives the same answer and does nothing.

    Raises:
        ValidationError: an annotation is none of these. Conflict: the round is open, or the image was changed.
    """
    round: Round = chosen.round
    if Revision.objects.filter(image=chosen.image, key=key).exists():
        return Revision.objects.apply(chosen.image, by, key=key)
    round.require_closed()
    wanted = {str(each) for each in take}
    own = {row["id"] for row in chosen.image.annotations.rows()}
    copied = Annotation.objects.filter(image__copied__chosen=chosen).order_by("image", "created_at", "id")
    found = [(each.image_id, each.row) for each in copied if str(each.pk) in wanted]
    rows = [row for _copy, row in found]
    if unknown := wanted - own - {row["id"] for row in rows}:
        message = _("There is no such label in this round or on the image: {id}.")
        raise ValidationError({"take": [message.format(id=min(unknown))]})
    kept = own & wanted
    groups = groups_apart(found, chosen.image.annotations.filter(pk__in=kept))
    upsert = [renamed(row | {"group": groups[row["id"]]}, key) for row in without_twins(chosen, rows, kept)]
    with transaction.atomic():
        state = Revision.objects.apply(
            chosen.image, by, key=key, base_revision=base_revision, upsert=upsert, delete=sorted(own - kept),
            status=status, own=False,
        )  # fmt: skip
        Merged.objects.get_or_create(image=chosen.image, key=key, defaults={"round_number": round.number})
        RoundImage.objects.filter(pk=chosen.pk).update(merged_at=timezone.now(), revision=state.revision)
    return state


def without_twins(chosen: RoundImage, rows: list[Row], kept: set[str]) -> list[Row]:
    """Of tags that several people gave one is enough, and none where the image keeps its own."""
    tags = chosen.image.annotations.filter(pk__in=kept, shape="tag")
    there = set(tags.values_list("label_class", flat=True))
    one_class = chosen.round.project.kind == Kind.CLASSIFICATION
    found = []
    for row in rows:
        if row["shape"] == "tag":
            if row["class"] in there or (one_class and there):
                continue
            there.add(row["class"])
        found.append(row)
    return found


def renamed(row: Row, key: uuid.UUID) -> Row:
    """A copy of the annotation: that of the person stays where it is."""
    own = ("created_by", "created_at", "updated_at")
    return {name: value for name, value in row.items() if name not in own} | {"id": str(uuid.uuid5(key, row["id"]))}


def groups_apart(found: list[tuple[int, Row]], kept: Any) -> dict[str, int | None]:
    """For each annotation the number of its group: what one person has grouped is no group of another's."""
    last = kept.aggregate(last=models.Max("group"))["last"] or 0
    numbers: dict[tuple[int, int], int] = {}
    for copy, row in found:
        if row["group"] is not None:
            numbers.setdefault((copy, row["group"]), last + len(numbers) + 1)
    return {row["id"]: numbers.get((copy, row["group"])) for copy, row in found}


class RoundMerge(Job):
    """All images of a round on which people agree enough get what most of them say."""

    task = "labelapp.annotations.tasks.merge_round"
    unlisted = ("left",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="merges")
    least = models.FloatField()  # agreement, 0 to 1
    result = models.CharField(max_length=16)  # the status of the images from then on
    merged = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=list)  # [image id, name, why] of those that could not be merged, the first of them

    @property
    def title(self) -> str:
        return _("Merging {round} where people agree").format(round=self.round)

    @property
    def address(self) -> str:
        return address_of("round", self.project_id, self.round.number)

    @property
    def api_address(self) -> str:
        return f"/api/round-merges/{self.pk}/"

    @property
    def summary(self) -> str:
        said = ((self.merged, _("{count} merged")), (self.passed_over, _("{count} left as they are")))
        return ", ".join(text.format(count=readable_count(count)) for count, text in said if count)

    @property
    def remark(self) -> Remark | None:
        return Remark("warning", _("Some left")) if self.finished and self.passed_over else super().remark

    def open_to(self, user, role_allows: bool) -> bool:
        return self.project.allows(user, "review")

    def chosen(self) -> Any:
        """What is still to be merged."""
        found = self.round.chosen.filter(score__gte=self.least, merged_at=None, image__trashed_at=None)
        return found.order_by("pk").select_related("image", "round__project")

    def begin(self) -> "RoundMerge":
        self.round.require_closed()
        with transaction.atomic():
            self.save(force_insert=True)
            self.enqueue()
        return self

    def work(self) -> None:
        tally = AuditEntry.objects.tally(self.created_by, "round.merged", self.project, self.round)
        ids = list(self.chosen().values_list("pk", flat=True))
        left: list[list] = []
        merged = self.merged
        for done, pk in enumerate(ids, 1):
            each = self.chosen().filter(pk=pk).first()
            if each is None:
                continue  # somebody has merged it meanwhile
            with transaction.atomic():
                if why := self._merge(each):
                    left.append([each.image_id, each.image.name, why])
                else:
                    merged += 1
                    tally.add(images=1)
                self.report(done / len(ids), merged=merged, passed_over=len(left), left=left[:MOST_TOLD])

    def _merge(self, each: RoundImage) -> str:
        """Why it could not be done; empty where it was."""
        if each.image.revision != each.revision:
            return _("It was labelled otherwise since the round began.")
        try:
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"round-merge {self.pk} {each.pk}")
            with transaction.atomic():
                merge(each, self.created_by, each.proposal, self.result, key, base_revision=each.revision)
        except APIException as problem:
            return sentence_in(problem.detail)
        return ""


def sentence_in(detail: Any) -> str:
    """The first sentence of what an error says of its fields."""
    while isinstance(detail, (dict, list)) and detail:
        detail = next(iter(detail.values())) if isinstance(detail, dict) else detail[0]
    return str(detail)
