from .file_part import FilePart
from .image import Image, ImageStatus, Split
from .image_query_set import ImageQuerySet
from .leftover import Leftover
from .touch import Touch
from .unshown import Unshown
from .upload import Received, Upload
from .uploaded_file import FileMark, UploadedFile

__all__ = [
    "FileMark",
    "FilePart",
    "Image",
    "ImageQuerySet",
    "ImageStatus",
    "Leftover",
    "Received",
    "Split",
    "Touch",
    "Unshown",
    "Upload",
    "UploadedFile",
]
