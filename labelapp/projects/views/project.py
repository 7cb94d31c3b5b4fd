from django.apps import apps
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from labelapp.accounts.views import in_days
from labelapp.projects import work
from labelapp.projects.access import project_for
from labelapp.projects.audit import of_all_rooms
from labelapp.projects.models import Kind, Project, Role
from labelapp.projects.models.label_class import PALETTE, SHAPES
from labelapp.projects.overview import Overview
from labelapp.projects.skeleton_presets import PRESETS

KIND_ICONS = {
    Kind.CLASSIFICATION: "tag",
    Kind.MULTILABEL: "tags",
    Kind.DETECTION: "scan",
    Kind.SEGMENTATION: "lasso",
    Kind.KEYPOINTS: "waypoints",
    Kind.ANY: "shapes",
}

ROLE_MEANINGS = {
    Role.OWNER: _("everything, classes and members too"),
    Role.REVIEWER: _("label, train, approve and send back"),
    Role.ANNOTATOR: _("add images, label, freeze, train"),
    Role.VIEWER: _("see and export"),
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
        project, user = context["project"], self.request.user
        asked = apps.get_model("annotations", "Assignment").objects.asked_of(project, user)
        rounds = apps.get_model("annotations", "Seat").objects.asked_of(project, user) if context["may_label"] else []
        return context | {"overview": Overview(project, context["may_label"]), "asked": asked, "rounds": rounds}


class ClassesPage(InProject):
    template_name = "projects/classes.html"
    section = "classes"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = {"project": context["project"].pk, "palette": PALETTE, "shapes": SHAPES}
        presets = [{"name": name, "title": str(title), "skeleton": made} for name, (title, made) in PRESETS.items()]
        return context | {"options": options | {"mayManage": context["may_manage"], "skeletons": presets}}


class JobsPage(InProject):
    template_name = "projects/jobs.html"
    section = "jobs"

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=kinds_of_work(), **kwargs)


class SettingsPage(InProject):
    template_name = "projects/settings.html"
    section = "settings"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(kinds=kinds(), **kwargs)
        project = context["project"]
        options = {"project": project.pk, "name": project.name, "mayManage": context["may_manage"]}
        return context | {"options": options | {"days": settings.TRASH_DAYS}}


class MembersPage(InProject):
    """Who is in the project, what they have done, and who is invited."""

    template_name = "projects/members.html"
    section = "members"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(roles=roles(), lifetimes=in_days(), **kwargs)
        project = context["project"]
        options = {"project": project.pk, "name": project.name, "me": self.request.user.pk}
        names = {value: label for value, label, _meaning in context["roles"]}
        options |= {"roles": names, "mayManage": context["may_manage"]}
        return context | {"options": options, "invitations_address": f"/api/projects/{project.pk}/invitations/"}


def roles() -> list[tuple[str, str, str]]:
    return [(role.value, str(role.label), str(ROLE_MEANINGS[role])) for role in Role]


def kinds_of_work() -> list[tuple[str, str]]:
    names = of_all_rooms("audit_kinds")
    return [(kind, str(names.get(kind, kind))) for kind in work.kinds()]


def kinds() -> list[tuple[str, str, str]]:
    return [(kind.value, str(kind.label), KIND_ICONS[kind]) for kind in Kind]
