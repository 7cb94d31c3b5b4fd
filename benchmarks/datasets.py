"""Public data sets as version folders; the archives lie in the folder that LABELAPP_BENCH_DATA names."""

import gzip
import os
import sys
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.version_folder import Item, write_version

ARCHIVES = {
    "sign-language-digits": "sign-language-digits",
    "grocery-packages": "grocery-packages",
    "mnist": "mnist-t10k-idx",
    "cifar10": "cifar10-jpg",
}
_IMAGES = {".jpg", ".jpeg", ".png"}


def data_folder() -> Path:
    """Returns the folder of archives, or ends with a sentence when it is not set."""
    folder = os.environ.get("LABELAPP_BENCH_DATA", "")
    if not folder or not Path(folder).is_dir():
        sys.exit("Set LABELAPP_BENCH_DATA to the folder that holds the data sets' archives.")
    return Path(folder)


def resolve(name: str) -> str:
    """Returns the full name of a data set from its beginning."""
    found = [full for full in ARCHIVES if full.startswith(name)]
    if len(found) != 1:
        sys.exit(f"There is no data set {name!r}; known: {', '.join(ARCHIVES)}.")
    return found[0]


def version_of(name: str, work: Path, seed: int = 0) -> Path:
    """Unpacks a data set and freezes it 70/15/15, stratified; returns the version folder."""
    work.mkdir(parents=True, exist_ok=True)
    archive = ARCHIVES[name]
    with tarfile.open(data_folder() / f"{archive}.tar.gz") as packed:
        packed.extractall(work, filter="data")
    items = _mnist(work / archive, work / "mnist-png") if name == "mnist" else _folders(work / archive)
    return write_version(work / f"{name}-version", items, seed=seed)


def _folders(root: Path) -> list[Item]:
    """Takes the folder an image lies in as its class."""
    paths = sorted(path for path in root.rglob("*") if path.suffix.lower() in _IMAGES)
    return [Item(path, [path.parent.name]) for path in paths]


def _mnist(root: Path, pictures: Path) -> list[Item]:
    """Writes the arrays as PNG files."""
    images_file = next(path for path in root.rglob("*images*"))
    labels_file = next(path for path in root.rglob("*labels*"))
    images = np.frombuffer(gzip.decompress(images_file.read_bytes()), np.uint8, offset=16).reshape(-1, 28, 28)
    labels = np.frombuffer(gzip.decompress(labels_file.read_bytes()), np.uint8, offset=8)
    pictures.mkdir(parents=True, exist_ok=True)
    items = []
    for number, (image, label) in enumerate(zip(images, labels, strict=True)):
        path = pictures / f"{number:05d}.png"
        Image.fromarray(image).save(path)
        items.append(Item(path, [str(label)]))
    return items
