"""Public data sets whose labels have a place: boxes from Pascal VOC, masks from pictures of indices."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.version_folder import Item
from training.engine.data.rasterise import runs_of

CAMVID = (
    "sky", "building", "pole", "road", "pavement", "tree", "sign", "fence", "car", "pedestrian", "bicyclist",
)  # fmt: skip


def bccd(root: Path) -> list[Item]:
    """Blood cells with boxes, in their official split."""
    items = []
    for split, name in (("train", "train"), ("validation", "val"), ("test", "test")):
        for stem in (root / "BCCD" / "ImageSets" / "Main" / f"{name}.txt").read_text(encoding="utf-8").split():
            tree = ET.parse(root / "BCCD" / "Annotations" / f"{stem}.xml")
            shapes = [shape for shape in map(_voc_box, tree.iter("object")) if shape]
            items.append(Item(root / "BCCD" / "JPEGImages" / f"{stem}.jpg", (), split, shapes))
    return items


def _voc_box(thing: ET.Element) -> tuple[str, str, dict] | None:
    """Of corners that are pixels, the first of which is 1; None for a box without extent."""
    left, top, right, bottom = (
        float(thing.findtext(f"bndbox/{side}", "0")) for side in ("xmin", "ymin", "xmax", "ymax")
    )
    if right <= left or bottom <= top:
        return None
    return thing.findtext("name", ""), "box", {"box": [left - 1, top - 1, right - left + 1, bottom - top + 1]}


def camvid(root: Path) -> list[Item]:
    """Streets with the class of every pixel; its second list is for tests, and a sixth of the first one judges."""
    items = []
    for folder in ("train", "val"):
        for number, path in enumerate(sorted((root / "CamVid" / folder).glob("*.png"))):
            table = np.asarray(Image.open(root / "CamVid" / f"{folder}annot" / path.name))
            shapes = [
                (name, "mask", runs_of(table == index)) for index, name in enumerate(CAMVID) if (table == index).any()
            ]
            split = "test" if folder == "val" else "train" if number % 6 else "validation"
            items.append(Item(path, (), split, shapes))
    return items


def isbi(root: Path) -> list[Item]:
    """Membranes under an electron microscope: 15 to train, 3 to judge, 4 to test."""
    items = []
    for number, path in enumerate(sorted((root / "train" / "image").glob("*.png"), key=lambda each: int(each.stem))):
        mask = np.asarray(Image.open(root / "train" / "label" / path.name).convert("L")) < 128
        split = "test" if number >= 18 else "validation" if number % 6 == 5 else "train"
        items.append(Item(path, (), split, [("membrane", "mask", runs_of(mask))]))
    return items


def nuclei(root: Path) -> list[Item]:
    """Cell nuclei, a mask each: 25 to train, 5 to judge, 10 to test."""
    items = []
    for number, folder in enumerate(sorted((root / "stage1_train").iterdir())):
        (path,) = (folder / "images").glob("*.png")
        masks = [np.asarray(Image.open(each).convert("L")) > 127 for each in sorted((folder / "masks").glob("*.png"))]
        split = "test" if number % 4 == 3 else "validation" if number % 8 == 1 else "train"
        items.append(Item(path, (), split, [("nucleus", "mask", runs_of(mask)) for mask in masks if mask.any()]))
    return items


READERS: dict[str, Callable[[Path], list[Item]]] = {
    "bccd-voc": bccd, "camvid-train-val": camvid, "isbi-membrane": isbi, "dsb2018-nuclei": nuclei,
}  # fmt: skip
