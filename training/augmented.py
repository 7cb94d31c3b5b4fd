"""Images of a version as a training sees them, with what is on them."""

import base64
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage

from labelapp.images.preparation import rendering
from labelapp.images.rendering import DISPLAY, THUMBNAIL
from labelapp.versions.models.version import DESCRIPTION, MANIFEST, Version
from training.engine.spec import RunSpec

if TYPE_CHECKING:
    import numpy as np

    from training.engine.data.augmented import AugmentedSamples
    from training.engine.data.version import ImageRow
    from training.engine.data.windows import View, Viewer, Window

EDGE = THUMBNAIL  # pixels of the frame's longer edge
_POOL = 32  # images, of which some are shown and all may join them
_MOST_PIXELS = 5e7  # of all of these: their labels are drawn in full size
_FEWEST = 8
_PORTIONS = 4  # of the manifest that are searched for them
_EPOCHS = 100  # of a run whose first epochs are shown


class Preview:
    """A few training images of a version, before and after they are changed.

    What is needed is light: no model is built, and images are read from their renderings.

    Args:
        version: a completed one.
        spec: its task, augmentation, tiles and way to resize count.
        seed: other images, and other changes.

    Raises:
        EngineError: no image has what the task learns from, or labels contradict it.
    """

    def __init__(self, version: Version, spec: RunSpec, seed: int) -> None:
        self._version = version
        self._spec = spec
        self._seed = seed

    def images(self, count: int, epochs: int) -> list[dict[str, Any]]:
        """At most so many images, each with its first epochs; places are in pixels of the pictures."""
        shown = range(min(count, len(self._rows)))
        return [
            {
                "image": self._rows[place].image_id,
                "name": self._rows[place].name,
                **self._told(self._samples.inputs[place], self._task.told(self._samples.targets[place])),
                "epochs": [self._changed(place, epoch) for epoch in range(epochs)],
            }
            for place in shown
        ]

    def _changed(self, place: int, epoch: int) -> dict[str, Any]:
        from training.engine.data.samples import Moment

        changed = self._samples.changed(place, Moment(self._seed, epoch))
        told = [{**each, "score": changed.share * each["score"]} for each in self._task.told(changed.target)]
        if changed.other is not None:
            others = self._task.told(self._samples.targets[changed.other])
            told += [{**each, "score": (1 - changed.share) * each["score"]} for each in others]
        return self._told(changed.image, told)

    def _told(self, image: "np.ndarray", told: list[dict[str, Any]]) -> dict[str, Any]:
        import cv2

        quality = [cv2.IMWRITE_WEBP_QUALITY, 85]
        _done, webp = cv2.imencode(".webp", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), quality)
        picture = "data:image/webp;base64," + base64.b64encode(webp.tobytes()).decode()
        return {"picture": picture, "width": image.shape[1], "height": image.shape[0], "labels": told}

    @cached_property
    def _head(self) -> dict[str, Any]:
        with default_storage.open(f"{self._version.folder}/{DESCRIPTION}") as file:
            return json.loads(file.read())

    @cached_property
    def _task(self) -> Any:
        from training.engine.data.version import LabelClass
        from training.engine.tasks import task_for

        return task_for(self._spec.task, list(map(LabelClass.of, self._head["classes"])))

    @cached_property
    def _labels(self) -> Any:
        from pathlib import Path

        from training.engine.data import version as engine

        head = self._head
        rows = engine.Version(
            "", self._version.number, self._version.hash, head["kind"], self._task.classes, self._pool(), Path()
        )
        return self._task.targets(rows)

    @property
    def _rows(self) -> list["ImageRow"]:
        return self._labels.images

    def _pool(self) -> tuple["ImageRow", ...]:
        """Training images from a few places of the manifest, which may be long."""
        import numpy as np
        import pyarrow.parquet as pq

        from training.engine.data.version import image_row

        rng, rows = np.random.default_rng(self._seed), []
        with default_storage.open(f"{self._version.folder}/{MANIFEST}") as file:
            manifest = pq.ParquetFile(file)
            for portion in rng.permutation(manifest.num_row_groups)[:_PORTIONS]:
                found = [row for row in manifest.read_row_group(int(portion)).to_pylist() if row["split"] == "train"]
                rows += [found[place] for place in rng.permutation(len(found))]
        labelled = [image_row(row) for row in rows if row["annotations"]][:_POOL]
        pixels = np.cumsum([row.width * row.height for row in labelled])
        return tuple(labelled[: max(_FEWEST, int((pixels <= _MOST_PIXELS).sum()))])

    @cached_property
    def _samples(self) -> "AugmentedSamples":
        from training.engine.augment.company import Company
        from training.engine.augment.pipeline import Pipeline
        from training.engine.data.augmented import AugmentedSamples
        from training.engine.data.frame import fitted
        from training.engine.data.samples import Samples
        from training.engine.data.windows import Viewer

        spec, targets = self._spec, self._labels.targets.copy()
        frame = fitted(EDGE, [(spec.tile, spec.tile)]) if spec.tile else self._task.frame(EDGE, self._rows)
        viewer = Viewer(frame, spec.resize, spec.tile, spec.tile_overlap)
        views = [self._view(row, viewer) for row in self._rows]
        for place, view in enumerate(views):
            targets[place] = self._task.moved(targets[place], view.matrix, frame)
        plain = Samples(Pictures(self._rows, viewer, [view.window for view in views]), targets)
        return AugmentedSamples(plain, self._task, Pipeline(spec.augmentation), Company(spec.augmentation, _EPOCHS))

    def _view(self, row: "ImageRow", viewer: "Viewer") -> "View":
        """Of the tiles of an image one that shows something."""
        import numpy as np

        from training.engine.data.bounds import bounds

        views = viewer.views(*row.size)
        boxes = [box for each in row.annotations if (box := bounds(each.shape, each.geometry))]
        if len(views) == 1 or not boxes:
            return views[0]
        box = boxes[int(np.random.default_rng([self._seed, row.image_id]).integers(len(boxes)))]
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return min(views, key=lambda view: np.hypot(*np.subtract(view.window.middle, middle)))


class Pictures:
    """What is seen of images, on a frame; read when it is looked at, from the renderings that are there already."""

    def __init__(self, rows: "list[ImageRow]", viewer: "Viewer", windows: "list[Window]") -> None:
        self._rows = rows
        self._viewer = viewer
        self._windows = windows
        self._read: dict[int, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> "np.ndarray":
        if index not in self._read:
            self._read[index] = self._seen(self._rows[index], self._windows[index])
        return self._read[index]

    def _seen(self, row: "ImageRow", window: "Window") -> "np.ndarray":
        from training.engine.data.decode import decode_bytes
        from training.engine.data.windows import Window

        pixels = decode_bytes(rendering(row.sha256, DISPLAY if self._viewer.tile else THUMBNAIL))
        scale = pixels.shape[1] / row.width
        return self._viewer.pixels(pixels, Window(*(round(scale * each) for each in window)))

    def take(self, indices: "np.ndarray") -> "np.ndarray":
        import numpy as np

        return np.stack([self[int(index)] for index in indices])
