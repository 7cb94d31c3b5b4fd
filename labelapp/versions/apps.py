from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VersionsConfig(AppConfig):
    name = "labelapp.versions"
    audit_kinds = {"version": _("Versions")}
    audit_pages = {"version": "version"}
    audit_verbs = {
        "version.annotated": _("wrote a note on {target}: {note}"),
        "version.cancelled": _("cancelled the freezing of {target}"),
        "version.deleted": _("deleted the version {target}"),
        "version.frozen": _("froze {target}"),
        "version.retried": _("froze {target} again"),
    }
