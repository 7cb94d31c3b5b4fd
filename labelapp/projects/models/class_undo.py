"""Putting definitions of classes back as they were, without touching what somebody has decided since."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labelapp.projects.errors import Conflict
from labelapp.projects.models.class_change import ClassChange, ClassVerb
from labelapp.projects.models.class_change_left import Left
from labelapp.projects.models.label_class import LabelClass
from labelapp.projects.models.skeleton_change import may_go_back

State = dict[str, Any]
# Of a class that came into being, went or changed; the order is a decision about all classes together.
FIELDS = {
    "name": gettext_noop("the name of “{}”"),
    "color": gettext_noop("the colour of “{}”"),
    "key": gettext_noop("the key of “{}”"),
    "shapes": gettext_noop("the shapes of “{}”"),
    "skeleton": gettext_noop("the skeleton of “{}”"),
}


def undo(change: ClassChange, actor) -> ClassChange:
    """Take a change of classes back; what concerns annotations is queued.

    Raises:
        Conflict: it cannot be undone, or not now.
    """
    with transaction.atomic():
        change.project.lock()
        change = ClassChange.objects.select_for_update().get(pk=change.pk)
        if not change.finished:
            raise Conflict(_("This is still being done. Wait until it has ended, or cancel it first."))
        if change.verb == ClassVerb.UNDONE:
            raise Conflict(_("An undo cannot be undone itself."))
        if change.undone:
            raise Conflict(_("This has been undone already."))
        if earlier := getattr(change, "undo", None):  # that failed or was cancelled
            earlier.retry()
            return earlier
        refuse_newer_attributes(change)
        if needs_work(change):
            return ClassChange.objects.begin(
                change.project, actor, ClassVerb.UNDONE, change.after, change.before,
                subject=change.subject, undoes=change,
            )  # fmt: skip
        left = Left()
        put_back(change, left)
        return ClassChange.objects.record(
            change.project, actor, ClassVerb.UNDONE, change.after, change.before,
            subject=change.subject, undoes=change, left=left.as_list(),
        )  # fmt: skip


def needs_work(change: ClassChange) -> bool:
    if change.verb in (ClassVerb.MERGED, ClassVerb.SPLIT, ClassVerb.DELETED):
        return True
    return bool(changed_attributes(change))


def changed_attributes(change: ClassChange) -> list[str]:
    """Ids of the classes that stayed and whose attributes became different."""
    return [
        pk
        for pk, after in change.after.items()
        if after and (before := change.before.get(pk)) and before["attributes"] != after["attributes"]
    ]


def refuse_newer_attributes(change: ClassChange) -> None:
    if change.verb not in (ClassVerb.CHANGED, ClassVerb.PASTED):
        return
    for pk in changed_attributes(change):
        now = LabelClass.objects.filter(pk=pk).first()
        name = change.after[pk]["name"]
        if now is None:
            raise Conflict(_("The class “{name}” is not there any more. Bring it back first.").format(name=name))
        if now.attributes != change.after[pk]["attributes"]:
            message = _("The attributes of “{name}” have been changed again since. Undo that first.")
            raise Conflict(message.format(name=name))


def put_back(change: ClassChange, left: Left) -> None:
    """All but the attributes of classes that stayed."""
    with transaction.atomic():
        change.project.lock()
        if change.verb == ClassVerb.REORDERED:
            order_back(change, left)
            return
        for pk, before in change.before.items():
            if before and change.after.get(pk) is None:
                bring_back(change, int(pk), before, left)
            elif before:
                fields_back(change, int(pk), before, change.after[pk], left)
        for pk in change.after:
            if change.before.get(pk) is None:
                take_away(int(pk), left)


def order_back(change: ClassChange, left: Left) -> None:
    classes = list(LabelClass.objects.filter(project=change.project_id))
    known = [each for each in classes if str(each.pk) in change.after]

    def place(state: dict) -> Any:
        return lambda each: (state[str(each.pk)]["position"], each.pk)

    if [each.pk for each in known] != [each.pk for each in sorted(known, key=place(change.after))]:
        left.add("field_changed", _("the order"))
        return
    rest = [each for each in classes if str(each.pk) not in change.after]
    for position, each in enumerate([*sorted(known, key=place(change.before)), *rest]):
        each.position = position
    LabelClass.objects.bulk_update(classes, ["position"])


def bring_back(change: ClassChange, pk: int, before: State, left: Left) -> None:
    """The class with its old id, so that everything that names it finds it again."""
    if LabelClass.objects.filter(pk=pk).exists():
        return
    others = LabelClass.objects.filter(project=change.project_id)
    state = dict(before)
    if others.filter(name=state["name"]).exists():
        state["name"] = free_name(state["name"], set(others.values_list("name", flat=True)))
        left.add("renamed", state["name"])
    if state["key"] and others.filter(key=state["key"]).exists():
        left.add("key_taken", state["key"])
        state["key"] = ""
    LabelClass.objects.create(pk=pk, project_id=change.project_id, **state)


def fields_back(change: ClassChange, pk: int, before: State, after: State, left: Left) -> None:
    now = LabelClass.objects.select_for_update().filter(pk=pk).first()
    if now is None:
        left.add("class_gone", after["name"])
        return
    others = LabelClass.objects.filter(project=change.project_id).exclude(pk=pk)
    fields = []
    for field, words in FIELDS.items():
        if before.get(field) == after.get(field):
            continue
        taken = field in ("name", "key") and before[field] and others.filter(**{field: before[field]}).exists()
        if getattr(now, field) != after[field] or taken:
            left.add("field_changed", _(words).format(now.name))
            continue
        if field == "skeleton" and not may_go_back(now, before[field]):
            left.add("skeleton_used", now.name)
            continue
        setattr(now, field, before[field])
        fields.append(field)
    now.save(update_fields=fields)


def take_away(pk: int, left: Left) -> None:
    now = LabelClass.objects.filter(pk=pk).first()
    if now is None:
        return
    if now.annotations.exists() or now.suggestions.exists():
        left.add("class_used", now.name)
    else:
        now.delete()


def free_name(name: str, taken: set[str]) -> str:
    number = 2
    while (free := f"{name[:190]} ({number})") in taken:
        number += 1
    return free
