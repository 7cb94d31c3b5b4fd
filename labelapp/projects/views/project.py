from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from labelapp.projects.access import project_for


class InProject(LoginRequiredMixin, TemplateView):
    """A page inside a project; strangers find nothing."""

    section = ""

    def get_context_data(self, **kwargs):
        project = project_for(self.request.user, self.kwargs["pk"])
        role = project.role_of(self.request.user)
        return super().get_context_data(project=project, section=self.section, role=role, **kwargs)


class ProjectsPage(LoginRequiredMixin, TemplateView):
    template_name = "projects/projects.html"


class ProjectPage(InProject):
    template_name = "projects/project.html"
    section = "overview"


class ClassesPage(InProject):
    template_name = "projects/classes.html"
    section = "classes"


class SettingsPage(InProject):
    template_name = "projects/settings.html"
    section = "settings"
