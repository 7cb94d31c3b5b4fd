"""Images come in, and where a person asked for it the last folder of each name becomes a label."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from django.db import models, transaction
from django.utils.translation import gettext as _

from labelapp.annotations.models import Revision, Source
from labelapp.images.arrival import Arrival, Outcome
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass, Project


class ClassFrom(models.TextChoices):
    NONE = "none", "none"
    FOLDER = "folder", "folder"


def admit(project: Project, user, arrivals: Sequence[Arrival | Outcome], class_from: str) -> list[Outcome]:
    """Images and their labels in one transaction: whoever sends the same files again finds both or neither."""
    with transaction.atomic():
        # Locked first, so that uploads side by side do not both create the class of a folder.
        project.lock()
        outcomes = Image.objects.admit(project, user, arrivals)
        return label_by_folder(project, user, outcomes) if class_from == ClassFrom.FOLDER else outcomes


def label_by_folder(project: Project, user, outcomes: list[Outcome]) -> list[Outcome]:
    """Tag images that nobody has labelled yet; what a person has done is never changed by an upload."""
    folders = {each.name: PurePosixPath(each.name).parent.name for each in outcomes if each.id}
    untouched = set(
        Image.objects.filter(pk__in={each.id for each in outcomes}, revision=0).values_list("pk", flat=True)
    )
    classes = classes_named(project, {folders[each.name] for each in outcomes if each.id in untouched} - {""})
    pairs, told = [], []
    for each in outcomes:
        if each.id in untouched and folders[each.name]:
            untouched.discard(each.id)
            pairs.append((Image(pk=each.id), classes[folders[each.name]]))
            if each.status == "duplicate":
                each = replace(each, reason=_("It had no labels and has the one of its folder now."))
        told.append(each)
    Revision.objects.tag_images(project, user, pairs, source=Source.FILE, still=lambda image: image.revision == 0)
    return told


def classes_named(project: Project, names: set[str]) -> dict[str, LabelClass]:
    """The project's classes by folder name; missing ones are made, 2 before 10."""
    longest = LabelClass._meta.get_field("name").max_length
    found = {each.name: each for each in project.classes.all()}
    for name in sorted({each[:longest] for each in names} - set(found), key=as_counted):
        found[name] = LabelClass.objects.add(project, name)
    return {name: found[name[:longest]] for name in names}


def as_counted(name: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in names by their value."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", name)]
