from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "labelapp.backups"
    audit_kinds = {"site": _("Site")}
    audit_verbs = {"site.backed_up": _("was backed up")}
