"""A model that does not join what it takes apart again."""

from typing import Any

import keras
import numpy as np


def unjoined(model: keras.Model) -> keras.Model:
    """Returns a model with the same layers and answers, in which no join is followed by a cut at the same places.

    In whole numbers all that is joined gets one scale, and LiteRT's converter takes it from a single part: what goes
    beyond is cut off, such as nearly all logits of a detector.

    Args:
        model: any functional model.
    """
    joined: dict[int, list[Any]] = {}

    def call(operation: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(operation).__name__
        if kind == "Split" and _same_places(operation, joined.get(id(args[0]), [])):
            return joined[id(args[0])]
        result = operation(*args, **kwargs)
        if kind == "Concatenate":
            joined[id(result)] = list(args[0])
        return result

    return keras.models.clone_model(model, clone_function=lambda layer: layer, call_function=call)


def _same_places(split: Any, parts: list[Any]) -> bool:
    ends = np.cumsum([part.shape[-1] for part in parts])[:-1]
    return split.axis == -1 and len(parts) > 1 and split.indices_or_sections == tuple(ends.tolist())
