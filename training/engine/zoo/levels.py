"""Features of several strides out of one network."""

from collections.abc import Sequence

import keras


def levels(network: keras.Model, strides: Sequence[int]) -> keras.Model:
    """Returns the same network with the last features of each stride as its outputs.

    A stride that the network does not reach is left out.

    Args:
        network: functional, from images to features.
        strides: pixels of the input per feature, from fine to coarse.
    """
    height, width = network.input.shape[1:3]
    last: dict[tuple[int, int], keras.KerasTensor] = {}
    for layer in network.layers:
        for tensor in keras.tree.flatten(layer.output):
            if len(tensor.shape) == 4:
                last[tensor.shape[1:3]] = tensor
    sizes = [(-(-height // stride), -(-width // stride)) for stride in strides]
    return keras.Model(network.input, [last[size] for size in sizes if size in last], name=network.name)
