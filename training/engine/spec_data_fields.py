"""The fields of a spec about images and labels."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from training.engine.answers import TAGS
from training.engine.spec_field import spec_field

_WHOLE_IMAGES = {"tasks": list(TAGS)}  # fields that other tasks have no use for
_TILED = {"tasks": ["detection", "segmentation"]}  # whose answers are put together from windows


class DataFields(BaseModel):
    """How images and labels are prepared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image_size: int | None = spec_field(
        "Data",
        "Image size",
        "Longer edge of the input, in pixels. Empty: the model's own, or less where all images are smaller.",
        ge=16,
        le=1024,
    )
    resize: Literal["letterbox", "crop", "stretch"] = spec_field(
        "Data",
        "Resize",
        "Fit the whole image with bars (letterbox), cut out the middle (crop) or distort (stretch).",
        "letterbox",
    )
    tile: int = spec_field(
        "Data",
        "Tile",
        "Cut large images into squares of so many of their pixels, for small things on them. Input as large as a tile "
        "keeps every pixel. 0: whole images.",
        0,
        ge=0,
        le=8192,
        more=_TILED,
    )
    tile_overlap: float = spec_field(
        "Data",
        "Overlap of tiles",
        "Least share of a tile that the next one sees too; about as large as what is to be found.",
        0.2,
        ge=0,
        le=0.5,
        advanced=True,
        more=_TILED,
    )
    class_weights: Literal["none", "balanced"] = spec_field(
        "Data",
        "Class weights",
        "Balanced: rare classes count more, in inverse proportion to their images.",
        "none",
        more=_WHOLE_IMAGES,
    )
    sampling: Literal["plain", "balanced"] = spec_field(
        "Data",
        "Sampling",
        "Plain: every image once an epoch. Balanced: images with rare classes come more often, others less.",
        "plain",
    )
    max_corrupt_share: float = spec_field(
        "Data",
        "Unreadable images allowed",
        "Share of images that may fail to decode before the run gives up.",
        0.2,
        ge=0,
        le=1,
        advanced=True,
    )
