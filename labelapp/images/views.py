from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import render
from django.views import View

from labelapp.images.models import ImageStatus, Split
from labelapp.images.rendering import THUMBNAIL
from labelapp.projects.access import project_for


class GalleryPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        context = {
            "project": project,
            "section": "images",
            "role": project.role_of(request.user),
            "may_label": project.allows(request.user, "label"),
            "may_manage": project.allows(request.user, "manage"),
            "classes": list(project.classes.all()),
            "statuses": ImageStatus.choices,
            "splits": Split.choices,
            "thumbnail_pixels": THUMBNAIL,
        }
        return render(request, "images/gallery.html", context)


class UploadPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk, "label")
        return render(request, "images/upload.html", {"project": project, "section": "images"})
