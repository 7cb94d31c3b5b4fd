from .image import Image, ImageStatus, Split
from .image_query_set import ImageQuerySet

__all__ = ["Image", "ImageQuerySet", "ImageStatus", "Split"]
