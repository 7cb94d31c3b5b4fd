"""How much there is: rows, tables, bytes."""

from datetime import datetime
from typing import Any

from labelapp.accounts.models import User
from labelapp.annotations.models import Annotation
from labelapp.images.models import Image
from labelapp.projects.models import AuditEntry, Project
from labelapp.watching import database
from labelapp.watching.asking import kept
from labelapp.watching.states import State


@kept(300)
def read() -> dict[str, Any]:
    """Seldom: at 100,000 images counting takes a noticeable part of a second."""
    return {
        "state": State.OK,
        "backed_up_at": backed_up_at(),
        "bytes": database.size(),
        "tables": database.largest_tables(),
        "counts": {
            "projects": Project.objects.count(),
            "images": Image.objects.order_by().count(),
            "annotations": Annotation.objects.order_by().count(),
            "people": User.objects.filter(is_active=True).count(),
        },
    }


def backed_up_at() -> datetime | None:
    """When the last backup that this site made was whole."""
    return AuditEntry.objects.filter(verb="site.backed_up").values_list("at", flat=True).first()
