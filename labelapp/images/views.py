from operator import itemgetter

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from labelapp.images.arrivals_report import arrivals_report
from labelapp.images.filters import NONE, PEOPLE, ImageFilters
from labelapp.images.models import ImageStatus, Split, Upload
from labelapp.images.shelf import shelf
from labelapp.projects.access import project_for
from labelapp.projects.models.project import WHOLE_IMAGES

SOURCES = {
    "manual": lambda: _("Drawn by hand"), "auto": lambda: _("By a model"), "semi-auto": lambda: _("By a model, edited"),
    "file": lambda: _("From a file"),
}  # fmt: skip
MOST_ASSIGNMENTS = 50  # in a menu
COMMENTS = {"open": lambda: _("Open"), "resolved": lambda: _("All resolved"), NONE: lambda: _("None")}


class GalleryPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        options = {
            "project": project.pk,
            "kind": project.kind,
            "draws": project.kind not in WHOLE_IMAGES,
            "mayLabel": project.allows(request.user, "label"),
            "mayReview": project.allows(request.user, "review"),
            "mayManage": project.allows(request.user, "manage"),
            "labelPage": f"/projects/{project.pk}/label/",
            "uploadPage": reverse("upload", args=[project.pk]),
            "trashDays": settings.TRASH_DAYS,
            "classes": list(project.classes.values("id", "name", "color", "shapes")),
            "statuses": [{"id": value, "name": str(name)} for value, name in ImageStatus.choices],
            "splits": [{"id": value, "name": str(name)} for value, name in Split.choices],
            "sources": [{"id": value, "name": name()} for value, name in SOURCES.items()],
            "comments": [{"id": value, "name": name()} for value, name in COMMENTS.items()],
            "assignments": assignments(project),
            "people": people(project),
        }
        context = {"project": project, "section": "images", "options": options}
        return render(request, "images/gallery.html", context)


def assignments(project) -> list[dict]:
    """The newest, as a filter. They come from a room to the right."""
    rows = project.assignments.select_related("assignee").order_by("-pk")[:MOST_ASSIGNMENTS]
    return [
        {"id": each.pk, "name": f"{each.number} · {each.assignee.listed_name if each.assignee else '–'}"}
        for each in rows
    ]


def people(project) -> dict[str, list[dict]]:
    """Who has labelled and who has reviewed images here, for each as a filter; also those who have left."""
    counts = shelf.catalogue(project.pk).counts(ImageFilters())
    ids = {key: [int(each) for each in counts[key] if each != NONE] for key in PEOPLE}
    rows = get_user_model().objects.in_bulk({each for some in ids.values() for each in some})
    return {
        key: sorted(
            ({"id": str(pk), "name": rows[pk].listed_name} for pk in some if pk in rows), key=itemgetter("name")
        )
        for key, some in ids.items()
    }


class UploadPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk, "label")
        options = {
            "project": project.pk,
            "user": request.user.pk,
            "classes": list(project.classes.values("id", "name", "color")),
            "imagesPage": reverse("images", args=[project.pk]),
        }
        return render(request, "images/upload.html", {"project": project, "section": "images", "options": options})


class UploadReportPage(LoginRequiredMixin, View):
    def get(self, request, pk: int, upload: int):
        project = project_for(request.user, pk)
        row = get_object_or_404(Upload.objects.select_related("created_by"), project=project, pk=upload)
        forgotten = row.finished and row.arrived > 0 and not row.arrivals.exists()
        options = {"files": reverse("api-upload-files", args=[row.pk])}
        return arrivals_report(request, project, row, options, forgotten=forgotten)
