"""Undoing a change of classes: only what it changed goes back, and only where nobody has decided otherwise since."""

import uuid
from collections import defaultdict

from django.db import transaction
from django.db.models import Count, QuerySet

from labelapp.annotations.class_changes.merge import LEARNT
from labelapp.annotations.class_changes.rewriting import IMAGES_AT_ONCE, Rewriting
from labelapp.annotations.models import Annotation, Revision
from labelapp.annotations.models.annotation import Row
from labelapp.images.models import Image
from labelapp.projects.models import ClassChange, ClassVerb, LabelClass
from labelapp.projects.models.class_undo import bring_back, take_away

CHANGED = ("class", "attributes")  # the fields of an annotation that a change of classes changes


class UndoingRevisions(Rewriting):
    """Of merging, splitting off and deleting: what the revisions of the change say they replaced."""

    def __init__(self, change: ClassChange):
        super().__init__(change)
        assert change.undoes
        self.undone = change.undoes
        self._keys = list(self.undone.revision_keys())
        self._revisions: dict[int, list[Revision]] = {}

    def perform(self) -> None:
        with transaction.atomic():
            for pk, before in self.undone.before.items():
                if before and self.undone.after.get(pk) is None:
                    bring_back(self.undone, int(pk), before, self.left)
            self.change.report(self.change.progress, left=self.left.as_list())
        self.go_round(uuid.uuid5(self.change.key, "0"), share=0.9)
        self.undone.shelved_suggestions.unshelve(self.undone.choices.get("into"))
        with transaction.atomic():
            self._settle_definitions()
        self.change.report(1.0, counts=dict(self.counts), left=self.left.as_list())

    def _settle_definitions(self) -> None:
        if self.undone.verb == ClassVerb.SPLIT:
            take_away(self.undone.subject or 0, self.left)
        elif self.undone.verb == ClassVerb.MERGED and not self.left:
            self._narrow(str(self.undone.choices["into"]))

    def _narrow(self, pk: str) -> None:
        """The target forgets what it had learnt from the class that was merged into it."""
        before, after = self.undone.before[pk], self.undone.after[pk]
        target = LabelClass.objects.select_for_update().filter(pk=pk).first()
        assert before
        assert after
        if target is None:
            return
        for field in (each for each in LEARNT if each in before):  # older changes know fewer
            if getattr(target, field) == after[field]:
                setattr(target, field, before[field])
        target.save(update_fields=LEARNT)

    def todo(self) -> QuerySet[Annotation]:
        return Annotation.objects.filter(image__in=self._changed().values("image"))

    def images_after(self, after: int) -> list[int]:
        rows = self._changed().filter(image__gt=after).order_by("image").values("image").annotate(Count("pk"))
        return [row["image"] for row in rows[:IMAGES_AT_ONCE]]

    def _changed(self) -> QuerySet[Revision]:
        return Revision.objects.filter(key__in=self._keys)

    def needed(self, images: list[Image]) -> QuerySet[Annotation]:
        found = defaultdict(list)
        for revision in self._changed().filter(image__in=images).order_by("-number"):
            found[revision.image_id].append(revision)
        self._revisions = found
        return Annotation.objects.filter(image__in=images)

    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        now = {row["id"]: row for row in rows}
        upsert: dict[str, Row] = {}
        for revision in self._revisions.get(image.pk, []):
            before = {row["id"]: row for row in revision.before}
            for row in revision.upsert:
                self._back(image, now, upsert, row, before[row["id"]])
            for identifier in revision.delete_ids:
                if identifier not in now:
                    self._again(image, now, upsert, before[identifier])
        return list(upsert.values()), []

    def _back(self, image: Image, now: dict[str, Row], upsert: dict[str, Row], after: Row, before: Row) -> None:
        current = now.get(after["id"])
        if current is None:
            self.left.add("deleted", image.name)
            return
        restored = self._restored(current, after, before)
        if restored is None or occupied(now, restored, one_class=False):
            self.left.add("changed", image.name)
            return
        upsert[after["id"]] = now[after["id"]] = restored

    def _restored(self, current: Row, after: Row, before: Row) -> Row | None:
        """The annotation as it was; another's later work on its place or source stays. None: class or values differ."""
        if current == after:
            return before
        changed = [field for field in CHANGED if before[field] != after[field]]
        if any(current[field] != after[field] for field in changed):
            return None
        return current | {field: before[field] for field in changed} | {"updated_at": self.now}

    def _again(self, image: Image, now: dict[str, Row], upsert: dict[str, Row], before: Row) -> None:
        if occupied(now, before, self.one_class):
            self.left.add("occupied", image.name)
        else:
            upsert[before["id"]] = now[before["id"]] = before

    def status_of(self, image: Image, empty: bool) -> str:
        revisions = self._revisions[image.pk]
        if image.status == revisions[0].status:
            return revisions[-1].status_before
        return image.status


def occupied(now: dict[str, Row], wanted: Row, one_class: bool) -> bool:
    """Whether the image has another tag in the place of this one."""
    if wanted["shape"] != "tag":
        return False
    others = [row for row in now.values() if row["shape"] == "tag" and row["id"] != wanted["id"]]
    return any(one_class or row["class"] == wanted["class"] for row in others)
