"""Figures and predictions of a model on the splits of a version."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from training.engine.atomic import replacing
from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData
from training.engine.loop.gathering import Gathering
from training.engine.loop.inference import affordable, batches
from training.engine.tasks.task import Task

_SUMMARY = (
    "accuracy", "map", "map50", "miou", "dice", "dice_per_image", "macro_f1", "weighted_f1", "micro_f1",
    "mean_average_precision", "subset_accuracy", "ece",
)  # fmt: skip


class Judge:
    """Looks at splits with a trained model.

    Args:
        task: what was learnt.
        model: answers with what the task can read.
        batch_size: images at once.
        settings: what was chosen on validation images; None chooses it when the validation split is looked at, and
            has the task's first settings until then.
    """

    def __init__(self, task: Task, model: keras.Model, batch_size: int, settings: dict[str, Any] | None = None) -> None:
        self._task = task
        self._model = model
        self._batch_size = affordable(model, batch_size)
        self.settings = task.first_settings() if settings is None else settings
        self._chosen = settings is not None
        self._tables: list[pa.Table] = []

    def look_at(self, split: str, data: SplitData) -> dict[str, Any] | None:
        """Returns a split's section of metrics.json; None where the split is empty."""
        if not len(data):
            return None
        found = self._found(data)
        if split == "validation" and not self._chosen:
            self.settings = self._task.settings(data.truth, found)
        section = self._task.evaluate(data.truth, found, self.settings)
        self._tables.append(self._table(split, data, found))
        return section

    def _found(self, data: SplitData) -> np.ndarray:
        """Returns the predictions, with their places in the images."""
        gathering = Gathering(self._task, data, Frame(*self._model.input_shape[1:3]))
        for _indices, (outputs,) in batches(self._model, data.pixels, self._batch_size):
            gathering.add(outputs)
        return gathering.on_images

    def _table(self, split: str, data: SplitData, found: np.ndarray) -> pa.Table:
        rows = self._task.rows(data.truth, found, self.settings)
        return pa.table(
            {
                "image_id": pa.array([image.image_id for image in data.images], pa.int64()),
                "sha256": [image.sha256 for image in data.images],
                "name": [image.name for image in data.images],
                "split": [split] * len(data),
                **rows,
                "uncertainty": self._task.uncertainty(found).tolist(),
            }
        )

    def write_predictions(self, path: Path) -> None:
        """Writes the predictions on all splits looked at."""
        if self._tables:
            with replacing(path) as part:
                pq.write_table(pa.concat_tables(self._tables), part)


def summary(section: dict[str, Any] | None) -> dict[str, float] | None:
    """Returns the few figures of a section that fit a card or an event."""
    if section is None:
        return None
    return {name: round(section[name], 6) for name in ("loss", *_SUMMARY) if name in section}


def sections(judge: Judge, splits: dict[str, SplitData], names: Sequence[str]) -> dict[str, Any]:
    """Returns the sections of several splits, in order: validation first, since it may choose settings."""
    return {name: judge.look_at(name, splits[name]) for name in names}
