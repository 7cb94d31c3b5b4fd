from .annotation import Annotation, Source
from .review import Review, Verdict
from .revision import Revision
from .suggestion import Suggestion, SuggestionState

__all__ = ["Annotation", "Review", "Revision", "Source", "Suggestion", "SuggestionState", "Verdict"]
