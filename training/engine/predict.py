"""Predictions on image files."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from training.engine import environment
from training.engine.data.decode import DecodeError, decode
from training.engine.data.resize import resize
from training.engine.data.version import LabelClass
from training.engine.export.keras_file import load_model
from training.engine.tasks import task_for

# Sizes a batch is filled up to: each is compiled once.
_BATCH_SIZES = (1, 8, 32)


class Predictor:
    """A model in memory, ready to answer.

    Args:
        path: a `model.keras` or a result folder.

    Raises:
        EngineError: `missing_weights` or `wrong_weights`.
    """

    def __init__(self, path: Path) -> None:
        cv2.setNumThreads(0)
        trained = load_model(path)
        self._model = trained.model
        self._card = trained.card
        classes = [LabelClass(c["id"], c["name"], c["color"]) for c in self._card["classes"]]
        self._task = task_for(self._card["task"], classes)

    def predict(self, paths: Iterable[Path], top: int = 5) -> Iterator[dict[str, Any]]:
        """Yields one answer an image, in order, as soon as its batch is done; thousands of paths may be given.

        Args:
            paths: image files.
            top: classes named at most.

        Yields:
            `path`, `predictions` (best first: `class`, `class_id`, `score`) and `uncertainty` (0..1), or `path` and
            `error` for a file that is no image.
        """
        size, mode = self._card["image_size"], self._card["resize"]

        def read(path: Path) -> np.ndarray | DecodeError:
            try:
                return resize(decode(path, enough=size), size, mode)
            except DecodeError as error:
                return error

        remaining = iter(paths)
        with ThreadPoolExecutor(environment.worker_threads(None), thread_name_prefix="decode") as pool:
            ahead: deque[list[tuple[Path, Future[np.ndarray | DecodeError]]]] = deque()
            while True:
                while len(ahead) < 2 and (batch := list(islice(remaining, _BATCH_SIZES[-1]))):
                    ahead.append([(path, pool.submit(read, path)) for path in batch])
                if not ahead:
                    return
                yield from self._answers([(path, future.result()) for path, future in ahead.popleft()], top)

    def _answers(self, images: list[tuple[Path, np.ndarray | DecodeError]], top: int) -> Iterator[dict[str, Any]]:
        readable = [image for _, image in images if isinstance(image, np.ndarray)]
        answers = iter(self._look_at(np.stack(readable), top) if readable else [])
        for path, image in images:
            if isinstance(image, DecodeError):
                yield {"path": str(path), "error": f"{path.name} cannot be decoded: {image}"}
            else:
                yield {"path": str(path), **next(answers)}

    def _look_at(self, images: np.ndarray, top: int) -> list[dict[str, Any]]:
        count = len(images)
        filled = next(size for size in _BATCH_SIZES if size >= count)
        batch = images[np.resize(np.arange(count), filled)]
        outputs = np.asarray(self._model.predict_on_batch(batch), np.float32)[:count]
        settings = self._card.get("settings", {})
        return [
            {"predictions": self._task.decode(output, settings, top), "uncertainty": round(float(uncertainty), 6)}
            for output, uncertainty in zip(outputs, self._task.uncertainty(outputs), strict=True)
        ]
