from .bringing import Bringing
from .deletion import Deletion
from .file_part import FilePart
from .image import Image, ImageStatus, Split
from .image_query_set import ImageQuerySet
from .leftover import Leftover
from .many_images import ManyImages
from .tile_pyramid import TilePyramid
from .touch import Touch
from .unshown import Unshown
from .upload import Received, Upload
from .uploaded_file import FileMark, UploadedFile

__all__ = [
    "Bringing",
    "Deletion",
    "FileMark",
    "FilePart",
    "Image",
    "ImageQuerySet",
    "ImageStatus",
    "Leftover",
    "ManyImages",
    "Received",
    "Split",
    "TilePyramid",
    "Touch",
    "Unshown",
    "Upload",
    "UploadedFile",
]
