"""Undoing a change of attributes: values go back under their old names, and those that went come again."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from labelapp.annotations.class_changes.rewriting import Rewriting
from labelapp.annotations.models import Annotation, Revision
from labelapp.annotations.models.annotation import Row
from labelapp.images.models import Image
from labelapp.projects.models import ClassChange, LabelClass
from labelapp.projects.models.attribute import Attribute
from labelapp.projects.models.attribute_edit import AttributeEdit
from labelapp.projects.models.class_undo import changed_attributes, put_back


class UndoingAttributes(Rewriting):
    def __init__(self, change: ClassChange):
        super().__init__(change)
        assert change.undoes
        self.undone = change.undoes
        self._before: dict[str, Row] = {}

    def perform(self) -> None:
        """The definitions first, then the values of one class after the other."""
        with transaction.atomic():
            if "restored" not in self.change.choices:  # an attempt that died has done this
                put_back(self.undone, self.left)
                restored = {pk: self._restore(pk) for pk in changed_attributes(self.undone)}
                choices = self.change.choices | {"restored": restored}
                self.change.report(self.change.progress, choices=choices, left=self.left.as_list())
        for pk, definitions in self.change.choices["restored"].items():
            if definitions is None:
                continue
            self.label_class, self.edit = int(pk), self._edit(pk)
            self.key = self.undone.revision_key(pk)
            self.definitions = [Attribute.stored(each) for each in definitions]
            self.back = self.edit.back_to(self.definitions)
            self.go_round(self.change.revision_key(pk))
        self.change.report(1.0, counts=dict(self.counts), left=self.left.as_list())

    def _edit(self, pk: str) -> AttributeEdit:
        before, after = self.undone.before[pk], self.undone.after[pk]
        assert before
        assert after
        return AttributeEdit.stored(before["attributes"], after["attributes"], self.undone.choices["names"][pk])

    def _restore(self, pk: str) -> list[dict[str, Any]] | None:
        """The old definitions, and those new ones that people have used since; None when others were made since."""
        now = LabelClass.objects.select_for_update().get(pk=pk)
        edit = self._edit(pk)
        if now.attributes != [each.as_json() for each in edit.new]:
            self.left.add("field_changed", now.name)
            return None
        used = used_values(int(pk))
        restored = []
        names = {old: new for new, old in edit.was.items()}
        after = {each.name: each for each in edit.new}
        for each in edit.old:
            new = after.get(names.get(each.name, ""))
            if new is None or new.type != "select" or each.type != "select":
                restored.append(each)
                continue
            old_names = {option: old for old, option in edit.renamed.get(new.name, {}).items()}
            added = [
                option
                for option in new.options
                if old_names.get(option, option) not in each.options and used.get((new.name, option))
            ]
            for option in added:
                self.left.add("attribute_used", f"{each.name}: {option}", used[new.name, option])
            restored.append(Attribute.stored(each.as_json() | {"options": [*each.options, *added]}))
        taken = {each.name for each in restored}
        for each in edit.new:
            count = used.get((each.name, None), 0)
            if each.name not in edit.was and count and each.name not in taken:
                self.left.add("attribute_used", each.name, count)
                restored.append(each)
        now.attributes = [each.as_json() for each in restored]
        now.save(update_fields=["attributes"])
        return now.attributes

    def todo(self) -> QuerySet[Annotation]:
        keys = Q(attributes__has_any_keys=sorted(self.back.touched)) if self.back.touched else Q(pk=None)
        changed = Q(image__in=Revision.objects.filter(key=self.key).values("image"))
        return Annotation.objects.filter(keys | changed, label_class=self.label_class)

    def needed(self, images: list[Image]) -> QuerySet[Annotation]:
        found: dict[str, Row] = defaultdict(dict)
        for before in Revision.objects.filter(key=self.key, image__in=images).values_list("before", flat=True):
            found |= {row["id"]: row for row in before}
        self._before = found
        return super().needed(images)

    def rewrite(self, image: Image, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        upsert = []
        known = {each.name: each for each in self.definitions}
        for row in rows:
            values, _lost = self.back.carry(row["attributes"])
            if before := self._before.get(row["id"]):
                _after, lost = self.edit.carry(before["attributes"])
                values = {
                    name: value
                    for name, value in lost.items()
                    if name in known and not known[name].problem(value)
                } | values  # fmt: skip
            if values != row["attributes"]:
                upsert.append(row | {"attributes": values, "updated_at": self.now})
        return upsert, []


def used_values(label_class: int) -> dict[tuple[str, str | None], int]:
    """How many annotations have a value, by attribute and text; with None for all values of an attribute."""
    counts: dict[tuple[str, str | None], int] = defaultdict(int)
    for values, count in Annotation.objects.filter(label_class=label_class).exclude(attributes={}).by_values():
        for name, value in values.items():
            counts[name, None] += count
            if isinstance(value, str):
                counts[name, value] += count
    return dict(counts)
