from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "labelapp.projects"
    audit_kinds = {"project": _("Project"), "class": _("Classes"), "member": _("Members")}
    audit_verbs = {
        "project.changed": _("changed the project"),
        "project.created": _("created the project {target}"),
    }
