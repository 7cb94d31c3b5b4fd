"""The model shelf. Presets are data; a family's code, and Keras with it, is imported when one is built."""

import difflib

from training.engine.zoo.compact_cnn.presets import PRESETS as COMPACT_CNN
from training.engine.zoo.compact_encoder.presets import PRESETS as COMPACT_ENCODER
from training.engine.zoo.compact_resnet.presets import PRESETS as COMPACT_RESNET
from training.engine.zoo.keras_applications.presets import PRESETS as KERAS_APPLICATIONS
from training.engine.zoo.preset import Preset, Recipe

__all__ = ["PRESETS", "Preset", "Recipe", "get"]

PRESETS: dict[str, Preset] = {
    preset.name: preset for preset in (*COMPACT_CNN, *COMPACT_RESNET, *COMPACT_ENCODER, *KERAS_APPLICATIONS)
}


def get(name: str) -> Preset:
    """Returns the preset of that name.

    Raises:
        ValueError: there is none; the message names the nearest and all known ones.
    """
    if name in PRESETS:
        return PRESETS[name]
    nearest = difflib.get_close_matches(name, PRESETS, n=1, cutoff=0.4)
    guess = f" Did you mean {nearest[0]!r}?" if nearest else ""
    raise ValueError(f"There is no preset {name!r}.{guess} Known presets: {', '.join(PRESETS)}.")
