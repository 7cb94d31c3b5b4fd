from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "labelapp.images"
    audit_kinds = {"image": _("Images")}
    audit_verbs = {
        "image.assigned": _("put images into the part “{target}”"),
    }
