"""Predictions on image files."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from training.engine.data.decode import DecodeError, decode, upright_size
from training.engine.data.frame import Frame
from training.engine.data.packed import packed
from training.engine.data.through import found_through
from training.engine.data.version import LabelClass
from training.engine.data.windows import View
from training.engine.errors import EngineError
from training.engine.export.opened import opened
from training.engine.processors import available
from training.engine.tasks import task_for

if TYPE_CHECKING:
    from training.engine.heat import HeatMaps

# Sizes a batch is filled up to: each is compiled once.
_BATCH_SIZES = (1, 8, 32)


class Predictor:
    """A model in memory, ready to answer.

    Args:
        path: a `model.keras`, a result folder, or an export.

    Raises:
        EngineError: as `opened` has it.
    """

    def __init__(self, path: Path) -> None:
        cv2.setNumThreads(0)
        self._path = path
        model = opened(path)
        self._run = model.run
        self._card = model.card
        self._task = task_for(self._card["task"], list(map(LabelClass.of, self._card["classes"])))
        self._viewer = model.viewer
        self._sizes = [size for size in _BATCH_SIZES if size == model.affordable(size)]

    def predict(self, paths: Iterable[Path], top: int = 5, explain: int | None = None) -> Iterator[dict[str, Any]]:
        """Yields one answer an image, in order, as soon as its batch is done; thousands of paths may be given.

        Args:
            paths: image files.
            top: classes named at most.
            explain: id of a class whose places are asked for, of tasks about images as a whole; takes a `.keras` file.

        Yields:
            `path`, `predictions` (best first: `class`, `class_id`, `score`) and `uncertainty` (0..1), or `path` and
            `error` for a file that is no image. Where places are asked for, also `heat`: `class_id`, `size` (height,
            width) and `pixels`, as `packed` has them.

        Raises:
            EngineError: `unknown_class`; what `HeatMaps` says.
        """
        label = None if explain is None else self._label_of(explain)
        viewer = self._viewer

        def read(path: Path) -> _Image | DecodeError:
            try:
                decoded = decode(path, viewer.enough)
                width, height = upright_size(path, decoded)
                views = viewer.views(width, height)
                return _Image([viewer.pixels(decoded, view.window) for view in views], Frame(height, width), views)
            except DecodeError as error:
                return error

        at_once = 1 if viewer.tile else self._sizes[-1]
        remaining = iter(paths)
        with ThreadPoolExecutor(min(8, available()), thread_name_prefix="decode") as pool:
            ahead: deque[list[tuple[Path, Future[_Image | DecodeError]]]] = deque()
            while True:
                while len(ahead) < 2 and (batch := list(islice(remaining, at_once))):
                    ahead.append([(path, pool.submit(read, path)) for path in batch])
                if not ahead:
                    return
                yield from self._answers([(path, future.result()) for path, future in ahead.popleft()], top, label)

    def _label_of(self, class_id: int) -> int:
        for label, item in enumerate(self._task.classes):
            if item.id == class_id:
                return label
        raise EngineError("unknown_class", f"This model knows no class {class_id}.", "Ask for one of its card.")

    @cached_property
    def _heat_maps(self) -> "HeatMaps":
        from training.engine.export.keras_file import load_model
        from training.engine.heat import HeatMaps

        return HeatMaps(load_model(self._path).model, self._task)

    def _answers(
        self, images: list[tuple[Path, "_Image | DecodeError"]], top: int, label: int | None
    ) -> Iterator[dict[str, Any]]:
        readable = [image for _, image in images if isinstance(image, _Image)]
        answers = iter(self._look_at(readable, top, label) if readable else [])
        for path, image in images:
            if isinstance(image, DecodeError):
                yield {"path": str(path), "error": f"{path.name} cannot be decoded: {image}"}
            else:
                yield {"path": str(path), **next(answers)}

    def _look_at(self, images: list["_Image"], top: int, label: int | None) -> list[dict[str, Any]]:
        outputs = self._outputs([pixels for image in images for pixels in image.pixels])
        parts = np.split(outputs, np.cumsum([len(image.views) for image in images[:-1]]))
        found = np.concatenate(
            [
                found_through(self._task, part, image.views, self._viewer.frame, image.size)
                for part, image in zip(parts, images, strict=True)
            ]
        )
        settings = self._card.get("settings", {})
        answers = [
            {"predictions": self._task.decode(each, settings, top), "uncertainty": round(float(uncertainty), 6)}
            for each, uncertainty in zip(found, self._task.uncertainty(found), strict=True)
        ]
        if label is not None:
            for answer, image in zip(answers, images, strict=True):
                answer["heat"] = self._heat(image, label)
        return answers

    def _heat(self, image: "_Image", label: int) -> dict[str, Any]:
        from training.engine.heat import over_image

        (heat,) = self._heat_maps.look_at(np.stack(image.pixels[:1]), label)
        pixels = over_image(heat, self._viewer.frame, image.views[0].matrix, image.size)
        return {"class_id": self._task.classes[label].id, "size": list(pixels.shape), "pixels": packed(pixels)}

    def _outputs(self, pixels: list[np.ndarray]) -> np.ndarray:
        """Returns what the model says of each view."""
        parts = []
        for start in range(0, len(pixels), self._sizes[-1]):
            views = pixels[start : start + self._sizes[-1]]
            filled = next(size for size in self._sizes if size >= len(views))
            batch = np.stack(views)[np.resize(np.arange(len(views)), filled)]
            (outputs,) = self._run(batch)
            parts.append(outputs[: len(views)])
        return np.concatenate(parts)


class _Image(NamedTuple):
    """What is seen of an image on the frame, the size of the image itself, and how it is looked at."""

    pixels: list[np.ndarray]
    size: Frame
    views: list[View]
