"""Classes of another project, from their text: new ones are added, and where they differ the person has chosen."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from labelapp.annotations.class_changes.carrying import lost_values, valued
from labelapp.lib.twins import refusing_twins
from labelapp.projects.class_text import Comparison, compare
from labelapp.projects.models import ClassChange, ClassVerb, LabelClass, Project
from labelapp.projects.models.attribute import Attribute, attributes_of
from labelapp.projects.models.attribute_edit import AttributeEdit
from labelapp.projects.models.skeleton_change import refuse_loss


def comparison(project: Project, classes: list[dict[str, Any]]) -> dict[str, Any]:
    """As the API shows it, with the values that would go where the text's attributes were taken."""
    found = compare(project, classes)
    return {
        "added": [fields["name"] for fields in found.added],
        "same": found.same,
        "conflicts": [
            {
                "name": mine.name,
                "fields": [
                    {"field": field, "mine": getattr(mine, field), "theirs": value}
                    for field, value in theirs.items()
                ],
                "lost": lost_values(mine, edit_of(mine, theirs)) if "attributes" in theirs else [],
            }
            for mine, theirs in found.conflicts
        ],
    }  # fmt: skip


def paste(actor, project: Project, classes: list[dict[str, Any]], taken: set[str]) -> ClassChange | None:
    """Add what is new, and take the text's version of the classes called ``taken``; None when nothing changes."""
    with transaction.atomic(), refusing_twins("text", _("Somebody has just added one of these. Try again.")):
        project.lock()
        found = compare(project, classes)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        edits: dict[str, AttributeEdit] = {}
        for mine, theirs in found.conflicts:
            if mine.name in taken:
                mine.refuse_going()
                if "skeleton" in theirs:
                    refuse_loss(mine, theirs["skeleton"])
                pk = str(mine.pk)
                before[pk] = mine.state
                if "attributes" in theirs:
                    edits[pk] = edit_of(mine, theirs)
                take(project, mine, theirs)
                after[pk] = mine.state
        added = add(project, found)
        before |= dict.fromkeys(added)
        after |= added
        if before == after:
            return None
        choices = {"names": {pk: edit.names for pk, edit in edits.items()}}
        long_work = any(valued(int(pk), edit).exists() for pk, edit in edits.items())
        start = ClassChange.objects.begin if long_work else ClassChange.objects.record
        return start(project, actor, ClassVerb.PASTED, before, after, choices=choices)


def add(project: Project, found: Comparison) -> dict[str, Any]:
    """States of the new classes by id. A key that another class has goes to the next free one."""
    states = {}
    for fields in found.added:
        key = fields.get("key")
        if key and project.classes.filter(key=key).exists():
            fields = fields | {"key": ""}
        made = LabelClass.objects.add(project, **fields)
        states[str(made.pk)] = made.state
    return states


def take(project: Project, mine: LabelClass, theirs: dict[str, Any]) -> None:
    for field, value in theirs.items():
        if field == "key" and project.classes.filter(key=value).exclude(pk=mine.pk).exists():
            continue
        setattr(mine, field, value)
    mine.save(update_fields=list(theirs))


def edit_of(mine: LabelClass, theirs: dict[str, Any]) -> AttributeEdit:
    old, new = attributes_of(mine), [Attribute.stored(each) for each in theirs["attributes"]]
    names = {each.name for each in old}
    return AttributeEdit(old, new, {each.name: each.name for each in new if each.name in names})
