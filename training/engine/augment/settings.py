"""How strongly images are changed while training, as part of a spec."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from training.engine.answers import TAGS

_WHOLE_IMAGES: Any = list(TAGS)  # tasks whose answers are shares, which can be mixed
_PLACES: Any = ["detection", "segmentation"]  # tasks whose answers can be put beside each other


def _amount(
    default: float,
    title: str,
    description: str,
    le: float = 1.0,
    advanced: bool = False,
    tasks: Any = None,
    **bounds: Any,
) -> Any:
    only: dict[str, Any] = {"tasks": tasks} if tasks else {}
    return Field(
        default,
        ge=0,
        le=le,
        title=title,
        description=description,
        json_schema_extra={"group": "Augmentation", "advanced": advanced, **only},
        **bounds,
    )


class AugmentationSettings(BaseModel):
    """Random changes of the training images; each is drawn anew for every image and epoch.

    The defaults suit photos and written characters alike: nothing is mirrored, since a mirrored digit or word is
    another one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", title="Augmentation settings")

    enabled: bool = Field(
        True,
        title="Augment",
        description="Change training images at random; off trains on the images as they are.",
        json_schema_extra={"group": "Augmentation", "advanced": False},
    )
    horizontal_flip: float = _amount(
        0.0,
        "Mirror left-right",
        "Share of images mirrored left to right. Leave at 0 for text, digits and hands.",
    )
    vertical_flip: float = _amount(
        0.0,
        "Mirror top-bottom",
        "Share of images mirrored top to bottom. Good for views from above or microscopes.",
    )
    rotate: float = _amount(12.0, "Rotate", "Largest turn either way, in degrees.", le=180)
    zoom: float = _amount(0.15, "Zoom", "Largest change of scale: 0.15 draws between 1/1.15 and 1.15.", le=2)
    translate: float = _amount(0.1, "Shift", "Largest shift, as a share of width and height.", le=0.9)
    shear: float = _amount(0.0, "Shear", "Largest slant either way, in degrees.", le=45, advanced=True)
    brightness: float = _amount(0.2, "Brightness", "Largest change, as a share of full white.")
    contrast: float = _amount(0.2, "Contrast", "Largest change: 0.2 draws between 0.8 and 1.2 times.")
    saturation: float = _amount(0.2, "Saturation", "Largest change of colourfulness: 0 leaves colours, 1 reaches grey.")
    hue: float = _amount(
        0.0,
        "Hue",
        "Largest turn of the colour circle, in turns: 0.5 makes any colour any other.",
        le=0.5,
        advanced=True,
    )
    equalise: float = _amount(
        0.0,
        "Equalise",
        "Share of images whose lightness is spread from black to white. Good for microscopes and poor light.",
        advanced=True,
    )
    grayscale: float = _amount(
        0.0, "Greyscale", "Share of images without their colours, where colours must not decide.", advanced=True
    )
    invert: float = _amount(
        0.0,
        "Negative",
        "Share of images made negatives. Good where backgrounds are bright or dark, such as with cells.",
    )
    blur: float = _amount(0.0, "Blur", "Share of images blurred a little.", advanced=True)
    noise: float = _amount(
        0.0, "Noise", "Largest standard deviation of grain, as a share of full white.", le=0.5, advanced=True
    )
    cutout: float = _amount(0.0, "Cutout", "Share of images from which a square is cut out.")
    cutout_size: float = _amount(
        0.3, "Cutout size", "Largest edge of that square, as a share of the image's.", le=0.8, advanced=True
    )
    rand_augment: int = Field(
        0,
        ge=0,
        le=6,
        title="RandAugment",
        description="Changes drawn anew for every image, besides the others: turns, slants, shifts, scale, light, "
        "contrast, colourfulness, blur. 2 is usual; 0 draws none.",
        json_schema_extra={"group": "Augmentation", "advanced": False},
    )
    rand_augment_magnitude: float = _amount(
        5.0, "RandAugment strength", "How strong these may be: 10 is as strong as they get.", le=10, advanced=True
    )
    mosaic: float = _amount(
        0.0,
        "Mosaic",
        "Share of images put beside three others, smaller and cut. For small things and few images; whole again in "
        "the last 15 % of the epochs.",
        tasks=_PLACES,
    )
    mixup: float = _amount(
        0.0,
        "MixUp",
        "Share of images that another shines through; the answer wanted is both, in the same proportion.",
        tasks=_WHOLE_IMAGES,
    )
    mixup_alpha: float = Field(
        0.2,
        gt=0,
        le=5,
        title="MixUp evenness",
        description="How alike the shares of the two images are: 0.2 shows one of them almost alone, 1 any proportion.",
        json_schema_extra={"group": "Augmentation", "advanced": True, "tasks": _WHOLE_IMAGES},
    )
    cutmix: float = _amount(
        0.0,
        "CutMix",
        "Share of images with a piece of another in them; the answer wanted is both, by their area.",
        tasks=_WHOLE_IMAGES,
    )
