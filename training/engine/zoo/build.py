"""From a preset to a model."""

import importlib
from collections.abc import Sequence
from types import ModuleType

import keras

from training.engine import zoo
from training.engine.data.frame import Frame
from training.engine.tasks.task import Task


def build(
    name: str, task: Task, frame: Frame, dropout: float = 0.0, backbone: keras.Model | None = None
) -> keras.Model:
    """Returns a model whose outputs the task can read.

    Its layers are named alike for every preset: `backbone` (a model of its own), `logits` (what the loss takes) and
    `outputs`; what lies between is the head's affair.

    Args:
        name: of the preset.
        task: what is to be learnt.
        frame: the size of the input.
        dropout: share of the last features dropped while training.
        backbone: one that exists already, with its weights; None builds it.

    Returns:
        From images of shape (batch, frame.height, frame.width, 3), RGB, 0..255, to what the head's `answer` says.
    """
    inputs = keras.Input((frame.height, frame.width, 3), name="image")
    features = (backbone or build_backbone(name, frame, levels_of(task)))(inputs)
    return keras.Model(inputs, head_of(task).answer(features, task, frame, dropout), name=name)


def levels_of(task: Task) -> Sequence[int]:
    """Returns the strides of the features that answers of a task are made from; none: the last features alone."""
    return head_of(task).LEVELS


def head_of(task: Task) -> ModuleType:
    """Returns the file under `heads/` that makes features answers of a task."""
    return importlib.import_module(f"training.engine.zoo.heads.{task.head}")


def build_backbone(name: str, frame: Frame, strides: Sequence[int] = (), weights: str | None = None) -> keras.Model:
    """Returns the backbone of a preset alone.

    Args:
        name: of the preset.
        frame: the size of the input.
        strides: of the features wanted, in pixels; none: the last features alone.
        weights: as the family has them; None starts from random ones.
    """
    preset = zoo.get(name)
    family = importlib.import_module(f"training.engine.zoo.{preset.family}.backbone")
    return family.build_backbone(preset, frame, strides, weights)
