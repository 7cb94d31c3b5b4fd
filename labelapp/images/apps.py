from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class ImagesConfig(AppConfig):
    name = "labelapp.images"
    audit_kinds = {"image": _("Images"), "upload": _("Uploads"), "deletion": _("Deletions")}
    audit_verbs = {
        "deletion.cancelled": _("cancelled: {target}"),
        "deletion.retried": _("tried again: {target}"),
        "image.added": ngettext_lazy("added {images} image", "added {images} images", "images"),
        "image.assigned": _("put images into the part “{target}”"),
        "image.changed": _("changed the image {target}: part “{split}”, group “{group}”"),
        "image.deleted": ngettext_lazy("deleted {images} image for good", "deleted {images} images for good", "images"),
        "image.expired": ngettext_lazy(
            "deleted {images} image whose days in the trash were over",
            "deleted {images} images whose days in the trash were over",
            "images",
        ),
        "image.restored": ngettext_lazy(
            "restored {images} image from the trash", "restored {images} images from the trash", "images"
        ),
        "image.retried": ngettext_lazy(
            "had the thumbnail of {images} image made once more",
            "had the thumbnails of {images} images made once more",
            "images",
        ),
        "image.trashed": ngettext_lazy(
            "put {images} image into the trash", "put {images} images into the trash", "images"
        ),
        "upload.cancelled": _("cancelled: {target}"),
        "upload.completed": ngettext_lazy(
            "added {images} image: {target}", "added {images} images: {target}", "images"
        ),
        "upload.retried": _("opened again: {target}"),
    }

    def ready(self) -> None:
        from labelapp.images import touching
        from labelapp.lib import among

        among.register()
        pre_migrate.connect(touching.make_way, sender=self)
        post_migrate.connect(touching.install, sender=self)
