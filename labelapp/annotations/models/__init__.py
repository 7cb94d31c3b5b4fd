from .annotation import Annotation, Source
from .bulk import BulkChange
from .image_state import ImageState
from .review import Review, Verdict
from .revision import Revision
from .suggestion import Suggestion, SuggestionState

__all__ = [
    "Annotation", "BulkChange", "ImageState", "Review", "Revision", "Source", "Suggestion", "SuggestionState",
    "Verdict",
]  # fmt: skip
