"""The archive in which a model leaves: with its classes, its card, and a script that runs it."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.engine.atomic import replacing
from training.engine.export.formats import ExportFormat
from training.engine.export.opened import CARD, MODEL

CLASSES = "classes.json"
_ENGINE = Path(__file__).parents[1]
_SCRIPT = Path(__file__).parent / "script" / "predict.py"
# What the script needs of the engine: the very code that the site predicts with.
_SHIPPED = (
    "__init__.py", "errors.py", "predict.py", "processors.py", "data/*.py", "encode/*.py", "metrics/*.py", "tasks/*.py",
    "export/__init__.py", "export/formats.py", "export/opened.py", "export/runtime.py", "export/{format}.py",
)  # fmt: skip
_README = """{title} of {name}
{line}

{purpose}

  {model}/        the model: from RGB images 0..255, float32, shape (batch, {height}, {width}, 3)
  classes.json  its classes, in the order of its outputs
  card.json     what it is, how images are resized ({resize}), and how it compares with the model it was made of
  predict.py    runs it: classes, boxes or masks, as the site would say
  lib/          what predict.py needs of LabelApp

To run it, with Python 3.11 or newer:

  pip install {requirements}
  python predict.py IMAGE...            what is on the images
  python predict.py --json IMAGE...     the same as one JSON object a line
  python predict.py --masks DIR IMAGE   writes a picture of class indices for each image, where the model tells them
"""


def write_package(folder: Path, form: ExportFormat, card: dict[str, Any], path: Path) -> None:
    """Writes the archive, atomically.

    Args:
        folder: holds what the format has written.
        form: the format.
        card: of the model, with the comparison.
        path: of the archive.
    """
    with replacing(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            archive.write(file, f"{MODEL}/{file.relative_to(folder).as_posix()}")
        archive.writestr(CARD, _json(card))
        archive.writestr(CLASSES, _json(card["classes"]))
        archive.write(_SCRIPT, "predict.py")
        archive.writestr("README.txt", _readme(form, card))
        archive.writestr("lib/training/__init__.py", "")
        for file in _shipped(form):
            archive.write(file, f"lib/training/engine/{file.relative_to(_ENGINE).as_posix()}")


def _shipped(form: ExportFormat) -> Iterator[Path]:
    for pattern in _SHIPPED:
        yield from sorted(_ENGINE.glob(pattern.format(format=form.name)))


def _readme(form: ExportFormat, card: dict[str, Any]) -> str:
    height, width = card["export"]["frame"]
    title = f"{form.title}{' int8' if card['export']['int8'] else ''}"
    name = card.get("preset", card["task"])
    return _README.format(
        title=title, name=name, line="=" * len(f"{title} of {name}"), purpose=form.purpose, model=MODEL, height=height,
        width=width, resize=card["resize"],
        requirements=" ".join((*form.requirements, "numpy", "pillow", "opencv-python-headless")),
    )  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
