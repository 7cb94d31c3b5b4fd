from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "labelapp.images"
    audit_kinds = {"image": _("Images"), "upload": _("Uploads")}
    audit_verbs = {
        "image.added": _("added {images} images"),
        "image.assigned": _("put images into the part “{target}”"),
        "image.deleted": _("deleted {images} images for good"),
        "image.expired": _("deleted {images} images whose days in the trash were over"),
        "image.restored": _("restored {images} images from the trash"),
        "image.trashed": _("put {images} images into the trash"),
        "upload.cancelled": _("cancelled: {target}"),
        "upload.completed": _("added {images} images: {target}"),
        "upload.retried": _("opened again: {target}"),
    }

    def ready(self) -> None:
        from labelapp.images import touching

        pre_migrate.connect(touching.remove, sender=self)
        post_migrate.connect(touching.install, sender=self)
