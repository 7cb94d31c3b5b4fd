"""What a model costs, counted on the built model: the same on every backend."""

import math
from collections.abc import Iterator
from typing import Any

import keras

from training.engine import zoo
from training.engine.data.frame import Frame
from training.engine.data.version import LabelClass
from training.engine.tasks import Task, task_for
from training.engine.zoo.build import build, build_backbone, levels_of
from training.engine.zoo.costs import Cost, Linear

_FEW, _MANY = 2, 12  # classes with which a model is built, to see what each of them adds
_SKELETON = {"points": [{"name": str(number)} for number in range(17)]}  # as many as COCO's person has


def operations(model: keras.Model) -> int:
    """Returns the operations for one image; a multiply-add counts as two.

    Counted are products with kernels, at every place where they are applied. Normalisation, activations and sums cost
    a few percent more.

    Args:
        model: functional, with an input of known height and width; models within it count as well.
    """
    return sum(2 * math.prod(kernel.shape) * _places(layer) for layer, kernel in _kernels(model))


def activations(model: keras.Model) -> int:
    """Returns how many numbers all layers together give out for one image: what is kept for the way back."""
    return sum(
        math.prod(tensor.shape[1:])
        for operation in _operations(model)
        if not isinstance(operation, keras.layers.InputLayer)
        for tensor in keras.tree.flatten(operation.output)
    )


def costs_of(preset: zoo.Preset) -> dict[str, Cost]:
    """Returns what a preset costs for each of its tasks, at its own input size."""
    found: dict[str, Cost] = {}
    by_head: dict[str, Cost] = {}
    for name in preset.tasks:
        few, many = (task_for(name, _labels(classes)) for classes in (_FEW, _MANY))
        if few.head not in by_head:
            by_head[few.head] = _cost(preset, name, few, many)
        found[name] = by_head[few.head]
    return found


def backbone_cost(preset: zoo.Preset) -> tuple[int, int]:
    """Returns parameters and operations of the backbone alone, at the preset's input size."""
    backbone = build_backbone(preset.name, Frame.square(preset.input_size))
    return backbone.count_params(), operations(backbone)


def _cost(preset: zoo.Preset, name: str, few: Task, many: Task) -> Cost:
    keras.utils.clear_session(free_memory=True)
    edge = preset.input_size_for(name, None, pretrained=False)
    frame = Frame.square(edge)
    backbone = build_backbone(preset.name, frame, levels_of(few))
    one, other = (build(preset.name, task, frame, backbone=backbone) for task in (few, many))
    lines = (_line(count(one), count(other)) for count in (keras.Model.count_params, operations, activations))
    return Cost(edge, *lines)


def _labels(classes: int) -> list[LabelClass]:
    return [LabelClass(number, str(number), "#888888", _SKELETON) for number in range(classes)]


def _line(few: int, many: int) -> Linear:
    per_class = (many - few) / (_MANY - _FEW)
    return Linear(round(few - _FEW * per_class), round(per_class))


def _operations(model: keras.Model) -> Iterator[Any]:
    for operation in model.layers if isinstance(model, keras.Sequential) else model.operations:
        if isinstance(operation, keras.Model):
            yield from _operations(operation)
        else:
            yield operation


def _kernels(model: keras.Model) -> Iterator[tuple[keras.layers.Layer, keras.Variable]]:
    for layer in _operations(model):
        for weight in getattr(layer, "weights", ()):
            if "kernel" in weight.name:
                yield layer, weight


def _places(layer: keras.layers.Layer) -> int:
    """Returns at how many places a layer's kernel is applied; a transposed convolution goes over its input."""
    tensor = layer.input if isinstance(layer, keras.layers.Conv2DTranspose) else layer.output
    return math.prod(tensor.shape[1:-1])
