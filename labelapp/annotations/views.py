from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from labelapp.annotations.models import Archive
from labelapp.images.arrivals_report import arrivals_report
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.access import project_for
from labelapp.projects.models import Kind
from labelapp.projects.models.project import WHOLE_IMAGES


class LabelPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        options = {
            "project": project.pk,
            "user": request.user.pk,
            "kind": project.kind,
            "oneClass": project.kind == Kind.CLASSIFICATION,
            "draws": project.kind not in WHOLE_IMAGES,
            "may": {name: project.allows(request.user, name) for name in ("label", "review", "manage")},
            "statuses": {status.value: str(status.label) for status in ImageStatus},
            "classes": list(project.classes.values("id", "name", "color", "key", "shapes", "attributes")),
        }
        context = {"project": project, "section": "label", "options": options}
        return render(request, "annotations/label.html", context)


class RevisionsPage(LoginRequiredMixin, View):
    def get(self, request, pk: int, image: int):
        project = project_for(request.user, pk)
        row = get_object_or_404(Image.objects.visible_to(request.user), project=project, pk=image)
        options = {
            "image": {
                "id": row.pk, "name": row.name, "width": row.width, "height": row.height,
                "display": f"/api/images/{row.pk}/display/",
            },
            "mayLabel": project.allows(request.user, "label") and not row.trashed_at,
            "statuses": {status.value: str(status.label) for status in ImageStatus},
            "classes": list(project.classes.values("id", "name", "color")),
        }  # fmt: skip
        context = {"project": project, "section": "images", "image": row, "options": options}
        return render(request, "annotations/revisions.html", context | {"trash_days": settings.TRASH_DAYS})


class AssignmentsPage(LoginRequiredMixin, View):
    """Who is to label which images, and how far they are."""

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        may = {name: project.allows(request.user, name) for name in ("label", "review")}
        options = {"project": project.pk, "user": request.user.pk, "may": may}
        context = {"project": project, "section": "assignments", "options": options}
        return render(request, "annotations/assignments.html", context)


class ThroughputPage(LoginRequiredMixin, View):
    """What each person has done, day by day."""

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        options = {"project": project.pk, "name": project.name}
        context = {"project": project, "section": "members", "options": options}
        return render(request, "annotations/throughput.html", context)


class ArchiveReportPage(LoginRequiredMixin, View):
    def get(self, request, pk: int, archive: int):
        project = project_for(request.user, pk)
        rows = Archive.objects.select_related("created_by").defer("results")
        row = get_object_or_404(rows, project=project, pk=archive)
        return arrivals_report(request, project, row, {"archive": reverse("api-archive", args=[row.pk])})
