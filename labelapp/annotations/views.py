from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import render
from django.views import View

from labelapp.projects.access import project_for


class LabelPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        may = {permission: project.allows(request.user, permission) for permission in ("label", "review", "manage")}
        classes = list(project.classes.values("id", "name", "color", "key", "shapes"))
        context = {"project": project, "section": "label", "may": may, "classes": classes}
        return render(request, "annotations/label.html", context)
