from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Proposed:
    """One annotation that a model proposes.

    Args:
        label_class: id of a class of the project.
        score: 0 to 1.
    """

    label_class: int
    score: float
    shape: str = "tag"
    geometry: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImagePrediction:
    """What a model says about one image; ``uncertainty`` is the normalised entropy of the whole, 0 to 1."""

    image: int
    uncertainty: float
    proposed: list[Proposed]
