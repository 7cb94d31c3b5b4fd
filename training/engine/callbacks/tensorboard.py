"""The figures of a run as TensorBoard reads them."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import keras

_VALIDATION = "val_"


class TensorBoard:
    """Event files of two runs, `train` and `validation`, with the same names for the same figures.

    Only TensorFlow writes them, by itself; with another backend nothing is written, and TensorFlow is not imported.

    Args:
        folder: what was there is replaced by the history, so that a resumed run tells every epoch once.
        history: epochs of before.
    """

    def __init__(self, folder: Path, history: Sequence[dict[str, Any]]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = folder
        self._writers: dict[str, Any] = {}
        if keras.config.backend() == "tensorflow":
            for entry in history:
                self.add(entry)

    def add(self, entry: dict[str, Any]) -> None:
        """Writes one epoch, as its event has it."""
        if keras.config.backend() != "tensorflow":
            return
        for run, figures in (("train", _of_training(entry)), ("validation", _of_validation(entry))):
            values = {name: value for name, value in figures if value is not None}
            if values:
                self._write(run, entry["time"], entry["epoch"], values)

    def _write(self, run: str, moment: float, epoch: int, values: dict[str, float]) -> None:
        from tensorflow.compat.v1 import Event, Summary

        summary = Summary(value=[Summary.Value(tag=name, simple_value=value) for name, value in values.items()])
        writer = self._writer(run, moment)
        writer.write(Event(wall_time=moment, step=epoch, summary=summary).SerializeToString())
        writer.flush()

    def _writer(self, run: str, moment: float) -> Any:
        if run not in self._writers:
            from tensorflow.compat.v1 import Event
            from tensorflow.io import TFRecordWriter

            path = self._folder / run / f"events.out.tfevents.{int(moment)}.labelapp"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[run] = TFRecordWriter(str(path))
            head = Event(wall_time=moment, file_version="brain.Event:2")
            self._writers[run].write(head.SerializeToString())
        return self._writers[run]


def _of_training(entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in entry["metrics"].items():
        if not name.startswith(_VALIDATION):
            yield f"epoch_{name}", value
    yield "learning_rate", entry["learning_rate"]
    yield "images_per_second", entry["images_per_second"]
    for each in entry["statistics"]:
        for figure in ("weights", "gradients", "update"):
            yield f"{figure}/{each['group']}", each[figure]


def _of_validation(entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in entry["metrics"].items():
        if name.startswith(_VALIDATION):
            yield f"epoch_{name.removeprefix(_VALIDATION)}", value
