from dataclasses import dataclass

from labelapp.annotations.models.annotation import Row


@dataclass(frozen=True, slots=True)
class ImageState:
    """One image's labels at one revision."""

    revision: int
    status: str
    annotations: list[Row]
