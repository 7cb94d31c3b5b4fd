from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "labelapp.exchange"
    audit_kinds = {"export": _("Exports"), "import": _("Imports")}
    audit_verbs = {
        "export.cancelled": _("cancelled: {target}"),
        "export.deleted": _("deleted: {target}"),
        "export.downloaded": _("downloaded: {target}"),
        "export.retried": _("tried again: {target}"),
        "export.started": _("started: {target}"),
        "import.applied": _("applied: {target}"),
        "import.cancelled": _("cancelled: {target}"),
        "import.deleted": _("deleted: {target}"),
        "import.retried": _("tried again: {target}"),
        "import.started": _("started: {target}"),
    }

    def ready(self) -> None:
        from labelapp.annotations.models import history
        from labelapp.exchange import occasions

        history.OCCASIONS.append(occasions.imports)
