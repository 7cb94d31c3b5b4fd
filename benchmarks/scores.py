"""Test scores reached on public data, with the presets' own settings.

    LABELAPP_BENCH_DATA=<folder of archives> make bench NAME=scores ARGS="sign"
    ... ARGS="grocery compact_cnn"    one preset only
    ... ARGS="bccd camvid"            boxes, and the class of every pixel

Pretrained presets take their weights from `weights/` in that folder and are left out where it has none.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.datasets import ARCHIVES, data_folder, resolve, version_of
from benchmarks.drawn_scores import TRIALS
from benchmarks.drawn_scores import score as drawn_score
from benchmarks.timing import report
from training.engine.events import EventList
from training.engine.spec import RunSpec
from training.engine.train import train

PRESETS = {"compact_cnn": "cnn", "compact_resnet": "resnet", "mobilenet_025": "mobilenet"}
WEIGHTS = {"mobilenet_025": "weights/mobilenet_2_5_224_tf_no_top.h5"}
SHORT = {"sign-language-digits": "sign", "grocery-packages": "grocery", "mnist": "mnist", "cifar10": "cifar10"}
# Thumbnails need no 64 pixels, and thousands of them no forty epochs.
SMALL = {"mnist": {"image_size": 32, "epochs": 15}, "cifar10": {"image_size": 32}}


def score(name: str, preset: str, version: Path, output: Path) -> None:
    """Trains one preset on one data set and prints its test accuracy."""
    fields: dict[str, Any] = {"preset": preset}
    if preset in WEIGHTS:
        path = data_folder() / WEIGHTS[preset]
        if not path.exists():
            return
        fields["weights"] = str(path)
    else:
        fields |= SMALL.get(name, {})
    begun = time.monotonic()
    train(RunSpec.model_validate(fields), version, output, EventList())
    seconds = time.monotonic() - begun
    metrics = json.loads((output / "metrics.json").read_text(encoding="utf-8"))
    report(
        f"{SHORT[name]}_{PRESETS[preset]}_accuracy",
        metrics["test"]["accuracy"],
        "share",
        "majority class",
        majority=metrics["test"]["baseline"]["accuracy"],
        validation_accuracy=metrics["validation"]["accuracy"],
        macro_f1=metrics["test"]["macro_f1"],
        test_images=metrics["test"]["count"],
        epochs=len(metrics["history"]),
        minutes=seconds / 60,
    )


def main(arguments: list[str]) -> None:
    """Trains the presets named, or all, on the data sets named, or on sign-language-digits."""
    drawn = [name for name in TRIALS if name in arguments or "all" in arguments]
    for name in drawn:
        with tempfile.TemporaryDirectory() as folder:
            drawn_score(name, Path(folder))
    arguments = [name for name in arguments if name not in TRIALS]
    if drawn and not arguments:
        return
    presets = [name for name in arguments if name in PRESETS] or list(PRESETS)
    names = [resolve(name) for name in arguments if name not in PRESETS and name != "all"]
    if "all" in arguments:
        names = list(ARCHIVES)
    for name in names or ["sign-language-digits"]:
        with tempfile.TemporaryDirectory() as folder:
            version = version_of(name, Path(folder))
            for preset in presets:
                if preset in WEIGHTS and name in SMALL:
                    continue
                score(name, preset, version, Path(folder) / preset)


if __name__ == "__main__":
    main(sys.argv[1:])
