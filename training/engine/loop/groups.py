"""Layers that belong together: what comes of each resolution of the backbone, and the head."""

import keras

HEAD = "head"


def groups_of(model: keras.Model) -> list[str]:
    """Returns the group of each trainable variable of a model, in their order.

    Args:
        model: with a layer `backbone`, or of layers behind one.

    Returns:
        `backbone/<stride>` of what has features of that stride, in pixels of the input; `backbone` of what has none;
        `head` of everything else.
    """
    found = {}
    for layer in model.layers:
        if layer.name == "backbone":
            height = layer.input.shape[1]
            found.update({id(weight): _stage(inner, height) for inner in layer.layers for weight in inner.weights})
    return [found.get(id(weight), HEAD) for weight in model.trainable_variables]


def _stage(layer: keras.Layer, height: int) -> str:
    shape = keras.tree.flatten(layer.output)[0].shape
    return f"backbone/{max(1, round(height / shape[1]))}" if len(shape) == 4 and shape[1] else "backbone"
