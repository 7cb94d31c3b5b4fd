"""How many images a second each export looks at, against the .keras model it was made of; both in turn, on real images.

make bench NAME=exports                   all tasks
make bench NAME=exports ARGS=detection    one
"""

import os
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.datasets import data_folder, version_of
from benchmarks.drawn_datasets import CAMVID, READERS
from benchmarks.timing import report
from benchmarks.version_folder import write_version
from training.engine.errors import EngineError
from training.engine.events import EventList
from training.engine.export.compare import BATCH
from training.engine.export.formats import variant, variants
from training.engine.exporting import export
from training.engine.spec import RunSpec
from training.engine.train import train

# Trained for so long that their answers are no chance: it is speed that is asked for.
CASES: dict[str, dict[str, Any]] = {
    "classification": {"preset": "compact_cnn", "image_size": 64, "epochs": 4},
    "detection": {"task": "detection", "image_size": 256, "epochs": 2},
    "segmentation": {"task": "segmentation", "image_size": 256, "epochs": 2},
}
DRAWN = {"detection": ("bccd-voc", None), "segmentation": ("camvid-train-val", CAMVID)}


def version_for(case: str, work: Path) -> Path:
    """Returns the folder of a public data set as a version."""
    if case not in DRAWN:
        return version_of("sign-language-digits", work)
    archive, classes = DRAWN[case]
    with tarfile.open(data_folder() / f"{archive}.tar.gz") as packed:
        packed.extractall(work, filter="data")
    return write_version(work / f"{case}-version", READERS[archive](work / archive), kind="any", classes=classes)


def main(arguments: list[str]) -> None:
    """Runs the cases that were named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for case, spec in CASES.items():
            if arguments and case not in arguments:
                continue
            version = version_for(case, work)
            train(RunSpec.model_validate(spec), version, work / case, EventList())
            for form, int8 in variants():
                kind = variant(form.name, int8)
                try:
                    result = export(work / case, version, form.name, work / f"{kind}.zip", EventList(), int8=int8)
                except EngineError as error:
                    print(f"{case} as {kind}: {error.message}", file=sys.stderr)
                    continue
                told = result["comparison"]
                for size, rates in ((1, told["one_per_second"]), (BATCH, told["batch_per_second"])):
                    report(
                        f"export_over_keras_{case}_{kind}_batch_{size}",
                        rates[1] / rates[0],
                        "ratio",
                        "the .keras model, a compiled function",
                        keras_images_per_second=rates[0],
                        export_images_per_second=rates[1],
                        agreement=told["agreement"],
                        largest_difference=told["largest_difference"],
                        model_bytes=result["model_size"],
                    )


if __name__ == "__main__":
    main(sys.argv[1:])
