"""Engine epochs against the usual Keras script: image_dataset_from_directory + fit, same model, same images.

make bench NAME=epoch            all cases
make bench NAME=epoch ARGS=64    the case at 64 px
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

from benchmarks.timing import EpochClock, classification, engine_epochs, median, photos, report, training_only
from training.engine.data.frame import Frame
from training.engine.spec import RunSpec
from training.engine.zoo.build import build

CLASSES = 4
ROUNDS = 2
EPOCHS = 4
CASES = (("compact_cnn", 64), ("mobilenet_025", 128))


def usual(preset: str, size: int, folder: Path) -> list[float]:
    """Returns the seconds of each epoch of the usual script."""
    keras.utils.clear_session(free_memory=True)
    data = keras.utils.image_dataset_from_directory(
        folder, image_size=(size, size), batch_size=32, shuffle=True, seed=0, verbose=False
    )
    model = build(preset, classification(CLASSES), Frame.square(size), dropout=0.2)
    model.compile(
        keras.optimizers.AdamW(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False
    )
    clock = EpochClock()
    model.fit(data.prefetch(2), epochs=EPOCHS, verbose=0, callbacks=[clock])
    return clock.seconds


def main(arguments: list[str]) -> None:
    """Runs the cases whose image size was named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        items = photos(work / "photos", 512, CLASSES, 480, 360)
        version = training_only(work / "version", items)
        for preset, size in CASES:
            if arguments and str(size) not in arguments:
                continue
            spec = RunSpec.model_validate(
                {"preset": preset, "image_size": size, "epochs": EPOCHS, "augmentation": {"enabled": False}}
            )
            ours: list[float] = []
            theirs: list[float] = []
            cold = warm = 0.0
            for number in range(ROUNDS):
                run = engine_epochs(spec, version, work / f"{preset}-{number}", work / "cache")
                ours += run.seconds
                cold, warm = (run.preparing, warm) if not number else (cold, run.preparing)
                theirs += usual(preset, size, work / "photos")
            report(
                f"epoch_over_usual_{preset}_{size}",
                median(ours) / median(theirs),
                "ratio",
                "image_dataset_from_directory + fit",
                engine_seconds=median(ours),
                usual_seconds=median(theirs),
                engine_first_seconds_with_cold_cache=cold + median(ours),
                preparing_seconds_cold=cold,
                preparing_seconds_warm=warm,
                images=len(items),
                rounds=ROUNDS,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
