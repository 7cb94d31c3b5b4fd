"""The same few images after every epoch: what is on them, and what the model says by now."""

import numpy as np

from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData
from training.engine.events import Events
from training.engine.tasks.task import Task

MOST = 8
_LOOKED_THROUGH = 64  # images, of which those are taken that show as many classes as possible


class SampleReporter:
    """Sends `samples` events about images that stay the same for the whole run, however often it is resumed.

    Args:
        task: what is learnt.
        data: the split that they are taken from.
        seed: of the choice.
        events: where events go.
    """

    def __init__(self, task: Task, data: SplitData, seed: int, events: Events) -> None:
        self._task = task
        self._events = events
        self.chosen = spread(task, data.truth, seed)
        self._images = [data.images[place] for place in self.chosen]
        sizes = [Frame(image.height, image.width) for image in self._images]
        self._canvases = [task.canvas(size) for size in sizes]
        scales = [
            np.diag([canvas.width / size.width, canvas.height / size.height, 1.0])
            for size, canvas in zip(sizes, self._canvases, strict=True)
        ]
        self._truth = self._moved(data.truth[self.chosen], scales)
        self._from_found = scales
        if not data.tiled:
            maps = [data.views[place][0].matrix for place in self.chosen]
            self._from_found = [scale @ np.linalg.inv(each) for scale, each in zip(scales, maps, strict=True)]

    def report(self, epoch: int, found: np.ndarray) -> None:
        """Sends one event.

        Args:
            epoch: counted from one.
            found: predictions for the chosen images: on the frame, or in pixels of the image where it is tiled.
        """
        found = self._moved(found, self._from_found)
        settings = self._task.settings(self._truth, found)
        self._events.emit(
            "samples",
            epoch=epoch,
            images=[
                {
                    "image_id": image.image_id,
                    "name": image.name,
                    "split": image.split,
                    "canvas": [canvas.width, canvas.height],
                    **self._task.draw(truth, answer, settings),
                }
                for image, canvas, truth, answer in zip(self._images, self._canvases, self._truth, found, strict=True)
            ],
        )

    def _moved(self, entries: np.ndarray, matrices: list[np.ndarray]) -> np.ndarray:
        moved = entries.copy()
        for place, (matrix, canvas) in enumerate(zip(matrices, self._canvases, strict=True)):
            moved[place] = self._task.moved(entries[place], matrix, canvas)
        return moved


def spread(task: Task, targets: np.ndarray, seed: int) -> np.ndarray:
    """Returns the positions of a few targets that show as many classes as possible, each about as often.

    Args:
        task: knows what is on them.
        targets: one entry an image.
        seed: of the choice.
    """
    left = np.random.default_rng(seed).permutation(len(targets))[:_LOOKED_THROUGH].tolist()
    there = {place: task.counts(targets[place : place + 1]) > 0 for place in left}
    shown = np.zeros(len(task.classes))
    chosen: list[int] = []
    while left and len(chosen) < MOST:
        worth = [float(np.mean(1 / (1 + shown[there[place]]))) if there[place].any() else 0.0 for place in left]
        best = left.pop(int(np.argmax(worth)))
        shown += there[best]
        chosen.append(best)
    return np.array(chosen, np.int64)
