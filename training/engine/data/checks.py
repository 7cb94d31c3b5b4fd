"""Whether there is enough to learn from, said before any time is spent."""

from collections.abc import Mapping

import numpy as np

from training.engine.errors import EngineError
from training.engine.events import Events
from training.engine.tasks.task import Task

_NAMED = 8


def check_splits(task: Task, splits: Mapping[str, np.ndarray], events: Events) -> None:
    """Refuses what cannot be learnt and warns of what will hardly be.

    Args:
        task: what is to be learnt.
        splits: the targets of each.
        events: where warnings go.

    Raises:
        EngineError: `single_class` or `too_few_images`.
    """
    names = [item.name for item in task.classes]
    counts = task.counts(splits["train"]) if len(splits["train"]) else [0] * len(names)
    present = [name for name, count in zip(names, counts, strict=True) if count]
    if not present:
        raise EngineError(
            "too_few_images",
            "There are no labelled training images.",
            "Label some images and freeze a new version.",
        )
    if len(present) < task.fewest_classes:
        raise EngineError(
            "single_class",
            f"All training images have the same class, {present[0]}.",
            "Label images of at least one more class and freeze a new version.",
        )
    absent = [name for name in names if name not in present]
    if absent and task.fewest_classes == 1:
        message = f"Nothing in the training images is labelled as {_listed(absent)}: the model will not know it."
        events.emit("log", level="warning", message=message)
    elif absent:
        raise EngineError(
            "too_few_images",
            f"There are no training images of {_listed(absent)}.",
            "Label images of these classes or remove the classes, and freeze a new version.",
        )
    rare = [name for name, count in zip(names, counts, strict=True) if count == 1 and task.fewest_classes > 1]
    if rare:
        events.emit(
            "log", level="warning", message=f"There is only one training image of {_listed(rare)}; label some more."
        )
    if not len(splits["validation"]):
        events.emit(
            "log",
            level="warning",
            message="There are no validation images: the best epoch is chosen by the training loss.",
        )
    if not len(splits["test"]):
        events.emit(
            "log",
            level="warning",
            message="There are no test images: the figures are those of the validation images alone.",
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"
