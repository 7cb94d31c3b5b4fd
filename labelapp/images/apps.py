import warnings

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "labelapp.images"
    audit_kinds = {"image": _("Images")}
    audit_verbs = {
        "image.assigned": _("put images into the part “{target}”"),
    }

    def ready(self) -> None:
        import PIL.Image

        # Our own limit counts. Pillow refuses at twice its limit, before it allocates; below that it only warns.
        PIL.Image.MAX_IMAGE_PIXELS = settings.MAX_IMAGE_PIXELS
        warnings.filterwarnings("ignore", category=PIL.Image.DecompressionBombWarning)
        # Damaged EXIF data is no news: the picture is taken or refused by its pixels.
        warnings.filterwarnings("ignore", module="PIL.TiffImagePlugin")
