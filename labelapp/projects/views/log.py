from django.contrib.auth import get_user_model
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.generic import TemplateView

from labelapp.projects.access import require
from labelapp.projects.audit import of_all_rooms
from labelapp.projects.models import AuditEntry
from labelapp.projects.views.project import InProject


class ProjectLogPage(InProject):
    """Who did what in the project; for its owners."""

    template_name = "projects/log.html"
    section = "log"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        project = context["project"]
        require(self.request.user, project, "manage")
        address = reverse("api-project-log", args=[project.pk])
        return context | choices(project.audit_entries.all()) | {"log_address": address}


class SiteLogPage(LoginRequiredMixin, TemplateView):
    """What belongs to no project; for site admins."""

    template_name = "projects/site_log.html"

    def get_context_data(self, **kwargs):
        if not self.request.user.is_superuser:
            raise PermissionDenied
        entries = AuditEntry.objects.filter(project=None)
        return super().get_context_data(log_address=reverse("api-site-log"), **choices(entries), **kwargs)


def choices(entries) -> dict:
    """What the filters offer: who is in these entries, and every kind of thing."""
    people = get_user_model().objects.filter(pk__in=entries.order_by().values("actor").distinct())
    kinds = sorted(((kind, str(name)) for kind, name in of_all_rooms("audit_kinds").items()), key=lambda each: each[1])
    return {"people": sorted(people, key=lambda person: person.display_name.casefold()), "kinds": kinds}
