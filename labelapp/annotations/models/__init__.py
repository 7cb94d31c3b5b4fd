from .agreement import Agreement
from .annotation import Annotation, Source
from .archive import Archive
from .assigned_image import AssignedImage
from .assignment import Assignment
from .bulk import BulkChange
from .comment import Comment
from .detection import Detection
from .image_state import ImageState
from .labelling import Labelling
from .prediction import ImagePrediction, Proposed
from .review import Review, Verdict
from .revision import Revision
from .round import Round
from .round_copy import RoundCopy, RoundImage
from .round_merge import Merged, RoundMerge
from .seat import Seat
from .shelved_suggestion import ShelvedSuggestion
from .suggestion import Suggestion, SuggestionState

__all__ = [
    "Agreement", "Annotation", "Archive", "AssignedImage", "Assignment", "BulkChange", "Comment", "Detection",
    "ImagePrediction", "ImageState", "Labelling", "Merged", "Proposed", "Review", "Revision", "Round", "RoundCopy",
    "RoundImage", "RoundMerge", "Seat", "ShelvedSuggestion", "Source", "Suggestion", "SuggestionState", "Verdict",
]  # fmt: skip
