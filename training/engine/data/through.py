"""From what a model says of the views of one image to what is found on it."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from training.engine.data.entries import as_entries
from training.engine.data.frame import Frame
from training.engine.data.windows import View
from training.engine.tasks.task import PlacedTask, Task


def found_through(task: Task, outputs: np.ndarray, views: Sequence[View], frame: Frame, size: Frame) -> np.ndarray:
    """Returns what is found on one image, in its pixels, as an array of one entry.

    Args:
        task: reads outputs.
        outputs: of each view, with the views first.
        views: of the image.
        frame: the size of the model's input.
        size: of the image.
    """
    if len(views) == 1:
        found = task.read(outputs, frame)
        found[0] = task.moved(found[0], np.linalg.inv(views[0].matrix), size)
        return found
    return as_entries([cast(PlacedTask, task).gathered(outputs, views, frame, size)])
