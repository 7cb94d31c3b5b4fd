"""From what a model says of views to what is found on images."""

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData
from training.engine.data.through import found_through
from training.engine.tasks.task import Task


class Gathering:
    """Takes outputs as they come, in the order of the views, and reads them image by image.

    Args:
        task: reads outputs.
        data: the split that is looked at.
        frame: the size of the model's input.
    """

    def __init__(self, task: Task, data: SplitData, frame: Frame) -> None:
        self._task = task
        self._data = data
        self._frame = frame
        self._found: list[np.ndarray] = []
        self._waiting: list[np.ndarray] = []  # of the image whose views are not all there

    def add(self, outputs: np.ndarray) -> None:
        """Takes the outputs of the next views."""
        if not self._data.tiled:
            self._found.append(self._task.read(outputs, self._frame))
            return
        for each in outputs:
            self._waiting.append(each)
            image = len(self._found)
            views, row = self._data.views[image], self._data.images[image]
            if len(self._waiting) == len(views):
                size = Frame(row.height, row.width)
                self._found.append(found_through(self._task, np.stack(self._waiting), views, self._frame, size))
                self._waiting = []

    @property
    def found(self) -> np.ndarray:
        """One entry an image, as `SplitData.judged` has targets: on the frame, or in pixels of the image."""
        return np.concatenate(self._found)

    @property
    def on_images(self) -> np.ndarray:
        """One entry an image, in its pixels."""
        found = self.found
        if not self._data.tiled:
            for place, image in enumerate(self._data.images):
                back = np.linalg.inv(self._data.views[place][0].matrix)
                found[place] = self._task.moved(found[place], back, Frame(image.height, image.width))
        return found
