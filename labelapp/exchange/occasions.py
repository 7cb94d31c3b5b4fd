from uuid import UUID

from labelapp.annotations.models import Revision
from labelapp.exchange.applying import revision_key
from labelapp.exchange.models import Import


def imports(project, revisions: list[Revision]) -> dict[UUID, str]:
    """By what name people know the imports that these are part of."""
    authors = {each.author_id for each in revisions}
    newest = max(each.created_at for each in revisions)
    found = Import.objects.filter(project=project, created_by__in=authors, created_at__lte=newest)
    return {revision_key(each): each.title for each in found.only("pk", "name")}
