"""By what name people know the work of this room that changed many images at once."""

from uuid import UUID

from django.utils.translation import gettext as _

from labelapp.annotations.models import Labelling, Merged, Revision
from labelapp.projects.models import ClassChange


def labellings(project, revisions: list[Revision]) -> dict[UUID, str]:
    found = Labelling.objects.filter(project=project, key__in={each.key for each in revisions})
    return {each.key: each.title for each in found}


def class_changes(project, revisions: list[Revision]) -> dict[UUID, str]:
    """The keys of their revisions are made of their own: only those of the same time and people can be meant."""
    times = sorted(each.created_at for each in revisions)
    authors = {each.author_id for each in revisions}
    changes = ClassChange.objects.filter(project=project, created_by__in=authors, created_at__lte=times[-1])
    titles: dict[UUID, str] = {}
    for change in changes.exclude(finished_at__lt=times[0]):
        keys = [*change.revision_keys(), *(change.revision_key(each) for each in change.before)]
        titles |= dict.fromkeys(keys, change.title)
    return titles


def rounds(project, revisions: list[Revision]) -> dict[UUID, str]:
    found = Merged.objects.filter(image__project=project, key__in={each.key for each in revisions})
    return {each.key: _("Merged from round {number}").format(number=each.round_number) for each in found}
