"""Scores on the test images of data sets whose labels have a place; `benchmarks.scores` prints them."""

import json
import tarfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.datasets import data_folder
from benchmarks.drawn_datasets import CAMVID, READERS
from benchmarks.timing import report
from benchmarks.version_folder import write_version
from training.engine.events import EventList
from training.engine.spec import RunSpec
from training.engine.train import train

_MOBILENET = "weights/mobilenet_2_5_224_tf_no_top.h5"


@dataclass(frozen=True)
class Trial:
    """One training whose scores are told.

    Args:
        archive: of the data set.
        spec: what is trained, on top of the presets' own settings.
        scores: figure in metrics.json by the name that is printed.
        weights: file in the data folder to start from; without it the trial is left out.
    """

    archive: str
    spec: dict[str, Any]
    scores: dict[str, str]
    weights: str = ""
    classes: tuple[str, ...] = field(default=())


# Both ways round under a microscope and from above; streets stay upright.
_ANY_WAY = {"vertical_flip": 0.5}
TRIALS = {
    "bccd": Trial(
        "bccd-voc",
        {
            "task": "detection",
            "image_size": 256,
            "epochs": 75,
            "weight_averaging": 0.99,
            "augmentation": {**_ANY_WAY, "zoom": 0.3},
        },
        {"bccd_map50": "map50", "bccd_map": "map"},
    ),
    "camvid": Trial(
        "camvid-train-val",
        {
            "task": "segmentation",
            "preset": "mobilenet_025",
            "image_size": 480,
            "batch_size": 4,
            "epochs": 80,
            "weight_averaging": 0.99,
        },
        {"camvid_miou": "miou"},
        weights=_MOBILENET,
        classes=CAMVID,
    ),
    "camvid_scratch": Trial(
        "camvid-train-val",
        {"task": "segmentation", "image_size": 480},
        {"camvid_scratch_miou": "miou"},
        classes=CAMVID,
    ),
    "isbi": Trial(
        "isbi-membrane",
        {"task": "segmentation", "image_size": 512, "augmentation": {**_ANY_WAY, "rotate": 45}},
        {"isbi_dice": "dice"},
    ),
    "nuclei": Trial(
        "dsb2018-nuclei",
        {"task": "segmentation", "image_size": 256, "augmentation": {**_ANY_WAY, "rotate": 45, "invert": 0.5}},
        {"nuclei_dice": "dice_per_image"},
    ),
    "nuclei_instances": Trial(
        "dsb2018-nuclei",
        {"task": "instances", "image_size": 256, "augmentation": {**_ANY_WAY, "rotate": 45}},
        {"nuclei_ap50": "map50", "nuclei_ap": "map"},
    ),
}


def score(name: str, work: Path) -> None:
    """Trains once and prints the scores."""
    trial = TRIALS[name]
    spec = dict(trial.spec)
    if trial.weights:
        if not (data_folder() / trial.weights).exists():
            return
        spec["weights"] = str(data_folder() / trial.weights)
    with tarfile.open(data_folder() / f"{trial.archive}.tar.gz") as packed:
        packed.extractall(work, filter="data")
    items = READERS[trial.archive](work / trial.archive)
    version = write_version(work / f"{name}-version", items, kind="any", classes=trial.classes or None)
    begun = time.monotonic()
    train(RunSpec.model_validate(spec), version, work / name, EventList())
    minutes = (time.monotonic() - begun) / 60
    metrics = json.loads((work / name / "metrics.json").read_text(encoding="utf-8"))
    for printed, figure in trial.scores.items():
        report(
            printed,
            metrics["test"][figure],
            "share",
            "the same on validation images",
            validation=metrics["validation"][figure],
            test_images=metrics["test"]["count"],
            epochs=len(metrics["history"]),
            minutes=minutes,
        )
