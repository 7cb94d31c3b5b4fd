from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from labelapp.projects import work
from labelapp.projects.access import project_for
from labelapp.projects.audit import of_all_rooms
from labelapp.projects.models import Kind, Project, Role
from labelapp.projects.models.label_class import PALETTE, SHAPES
from labelapp.projects.overview import Overview

KIND_ICONS = {
    Kind.CLASSIFICATION: "tag",
    Kind.MULTILABEL: "tags",
    Kind.DETECTION: "scan",
    Kind.SEGMENTATION: "lasso",
    Kind.KEYPOINTS: "waypoints",
    Kind.ANY: "shapes",
}


class InProject(LoginRequiredMixin, TemplateView):
    """A page inside a project; strangers find nothing."""

    section = ""

    def get_context_data(self, **kwargs):
        user = self.request.user
        project = project_for(user, self.kwargs["pk"])
        kwargs |= {"may_manage": project.allows(user, "manage"), "may_label": project.allows(user, "label")}
        return super().get_context_data(project=project, section=self.section, **kwargs)


class ProjectsPage(LoginRequiredMixin, TemplateView):
    template_name = "projects/projects.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        started = Project.objects.visible_to(user).exists()
        trashed = Project.objects.in_trash_of(user).count()
        return super().get_context_data(kinds=kinds(), started=started, trashed=trashed, **kwargs)


class TrashPage(LoginRequiredMixin, TemplateView):
    """Deleted projects of the person, until their days are over."""

    template_name = "projects/trash.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(days=settings.TRASH_DAYS, **kwargs)


class ProjectPage(InProject):
    template_name = "projects/project.html"
    section = "overview"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"overview": Overview(context["project"])}


class ClassesPage(InProject):
    template_name = "projects/classes.html"
    section = "classes"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = {"project": context["project"].pk, "palette": PALETTE, "shapes": SHAPES}
        return context | {"options": options | {"mayManage": context["may_manage"]}}


class JobsPage(InProject):
    template_name = "projects/jobs.html"
    section = "jobs"

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=kinds_of_work(), **kwargs)


class SettingsPage(InProject):
    template_name = "projects/settings.html"
    section = "settings"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(kinds=kinds(), roles=Role.choices, **kwargs)
        project = context["project"]
        options = {"project": project.pk, "name": project.name, "me": self.request.user.pk, "days": settings.TRASH_DAYS}
        roles = {value: str(label) for value, label in Role.choices}
        return context | {"options": options | {"roles": roles, "mayManage": context["may_manage"]}}


def kinds_of_work() -> list[tuple[str, str]]:
    names = of_all_rooms("audit_kinds")
    return [(kind, str(names.get(kind, kind))) for kind in work.kinds()]


def kinds() -> list[tuple[str, str, str]]:
    return [(kind.value, str(kind.label), KIND_ICONS[kind]) for kind in Kind]
