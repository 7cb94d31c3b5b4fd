from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from labelapp.projects.access import found, project_for
from labelapp.versions.api.choices import DEFAULT_SPLIT
from labelapp.versions.models import GroupBy, Version


@method_decorator(login_required, name="dispatch")
class VersionsPage(View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        context = {
            "project": project,
            "section": "versions",
            "classes": project.classes.all(),
            "split": {part: round(100 * ratio) for part, ratio in DEFAULT_SPLIT.items()},
            "group_by": GroupBy,
            "may_freeze": project.allows(request.user, "label"),
        }
        return render(request, "versions/versions.html", context)


@method_decorator(login_required, name="dispatch")
class VersionPage(View):
    def get(self, request, pk: int):
        version = found(Version.objects, request.user, pk)
        context = {
            "project": version.project,
            "section": "versions",
            "version": version,
            "previous": version.previous,
            "may_change": version.project.allows(request.user, "label"),
        }
        return render(request, "versions/version.html", context)
