from .archive import Archive
from .image import Image, ImageStatus, Split

__all__ = ["Archive", "Image", "ImageStatus", "Split"]
