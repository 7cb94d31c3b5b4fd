"""The engine, with events, checkpoints and cache, against a bare fit on the same arrays in memory.

make bench NAME=overhead
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from benchmarks.timing import EpochClock, classification, engine_epochs, median, photos, report, training_only
from training.engine.data.decode import decode
from training.engine.data.frame import Frame
from training.engine.data.resize import resize
from training.engine.spec import RunSpec
from training.engine.zoo.build import build

CLASSES = 4
ROUNDS = 3
EPOCHS = 5
SIZE = 64
IMAGES = 1024


def bare(images: np.ndarray, targets: np.ndarray) -> list[float]:
    """Returns the seconds of each epoch of a bare fit."""
    keras.utils.clear_session(free_memory=True)
    model = build("compact_cnn", classification(CLASSES), Frame.square(SIZE), dropout=0.2)
    model.compile(
        keras.optimizers.AdamW(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False
    )
    clock = EpochClock()
    model.fit(images, targets, batch_size=32, epochs=EPOCHS, verbose=0, callbacks=[clock])
    return clock.seconds


def main() -> None:
    """Runs both in turn and prints their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        items = photos(work / "photos", IMAGES, CLASSES, 160, 120)
        version = training_only(work / "version", items)
        images = np.stack([resize(decode(item.path), Frame.square(SIZE), "letterbox") for item in items])
        targets = np.array([int(item.classes[0][-1]) for item in items])
        spec = RunSpec.model_validate(
            {"preset": "compact_cnn", "image_size": SIZE, "epochs": EPOCHS, "augmentation": {"enabled": False}}
        )
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(ROUNDS):
            ours += engine_epochs(spec, version, work / str(number), work / "cache").seconds
            theirs += bare(images, targets)
        report(
            "engine_over_bare_fit",
            median(ours) / median(theirs),
            "ratio",
            "keras.Model.fit on arrays in memory",
            engine_seconds=median(ours),
            fit_seconds=median(theirs),
            images=IMAGES,
            rounds=ROUNDS,
        )


if __name__ == "__main__":
    main()
