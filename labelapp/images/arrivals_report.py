from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from labelapp.images.models import Bringing

WORST_FIRST = ("refused", "duplicate", "added")


def arrivals_report(request, project, row: Bringing, options: dict[str, Any], forgotten: bool = False) -> HttpResponse:
    """The page that lists what became of the files of an upload or a ZIP.

    Args:
        options: where its script reads them.
        forgotten: only the numbers are left.
    """
    counts = {name: getattr(row, name) for name in WORST_FIRST}
    context = {
        "project": project, "section": "images", "row": row, "counts": counts, "forgotten": forgotten,
        "days": settings.UPLOAD_DAYS, "may_label": project.allows(request.user, "label"),
        "shown": next((name for name in WORST_FIRST if counts[name]), "refused"),
        "options": {**options, "counts": counts},
    }  # fmt: skip
    return render(request, "images/arrivals.html", context)
