import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO, ClassVar

from labelapp.formats.errors import Errors, gettext_noop
from labelapp.formats.format import Format
from labelapp.formats.packed import LIMITS, Limits, Packed
from labelapp.formats.records import SHAPES, Known, LabelledImage, Row
from labelapp.formats.text import csv_writer
from labelapp.formats.yolo_data import DATA, IMAGES, IMAGES_HEADER, data_yaml, label_path
from labelapp.formats.yolo_lines import POSE_START, line_of, values_of
from labelapp.formats.yolo_reader import YoloReader
from labelapp.formats.zip_writing import write_member

# Ultralytics trains on images without a split too, rather than leaving them out.
FOLDERS = {"train": "train", "validation": "val", "test": "test", "": "train"}


class Yolo(Format):
    """The layout of Ultralytics in a ZIP, one task of theirs; docs/formats/yolo.md says what goes where."""

    name = "yolo"
    title = gettext_noop("YOLO, detection")
    description = gettext_noop("The layout of Ultralytics as a ZIP: the upright box around every shape.")
    suffix = ".zip"
    media_type = "application/zip"
    shapes: ClassVar[tuple[str, ...]] = SHAPES[1:]
    row_bytes = 30
    packed = True
    task: ClassVar[str] = "detect"

    def image_path(self, name: str, split: str) -> str:
        return f"images/{FOLDERS[split]}/{name}"

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        classes = {name: number for number, name in enumerate(known.classes)}
        sizes = self._sizes(known)
        rows = longest = 0
        splits: set[str] = set()
        with tempfile.TemporaryFile("w+", dir=known.scratch) as waiting:
            for labelled in images:
                image = labelled.image
                lines = []
                for each in labelled.annotations:
                    values = values_of(self.task, each, image)
                    if values:
                        values += [0] * (sizes.get(each.label_class, 0) - len(values))
                        longest = max(longest, len(values))
                        lines.append((classes.setdefault(each.label_class, len(classes)), values))
                rows += len(lines)
                splits.add(FOLDERS[image.split or ""])
                row = [image.file, image.name, image.sha256, image.split or ""]
                waiting.write(json.dumps([row, lines]) + "\n")
            points = (longest - POSE_START) // 3 if self.task == "pose" and longest else 0
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                write_member(archive, DATA, data_yaml(list(classes), splits, self.task, points, known.skeletons))
                self._finish(archive, waiting, longest if points else 0)
        return rows

    def _sizes(self, known: Known) -> dict[str, int]:
        """Numbers in a line of each class with a skeleton, as older shapes may have fewer points."""
        if self.task != "pose":
            return {}
        return {name: POSE_START + 3 * len(each["points"]) for name, each in known.skeletons.items()}

    def _finish(self, archive: zipfile.ZipFile, waiting: IO[str], length: int) -> None:
        """Write the files of labels, now that the longest line is known, and the list of images."""
        with tempfile.TemporaryFile() as listed:
            with csv_writer(listed) as writer:
                writer.writerow(IMAGES_HEADER)
                waiting.seek(0)
                for text in waiting:
                    row, lines = json.loads(text)
                    writer.writerow(row)
                    content = "".join(line_of(number, values, length) for number, values in lines)
                    write_member(archive, label_path(row[0]), content)
            listed.seek(0)
            write_member(archive, IMAGES, listed.read())

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        return YoloReader(Packed(stream, limits), errors, self.task).rows()


class YoloSegment(Yolo):
    name = "yolo-segment"
    title = gettext_noop("YOLO, segmentation")
    description = gettext_noop("The layout of Ultralytics as a ZIP: the outline of every shape that has an area.")
    shapes = tuple(each for each in SHAPES if each not in ("tag", "polyline", "keypoints"))
    row_bytes = 120
    task = "segment"


class YoloObb(Yolo):
    name = "yolo-obb"
    title = gettext_noop("YOLO, rotated boxes")
    description = gettext_noop("The layout of Ultralytics as a ZIP: four corners, the smallest box around every shape.")
    row_bytes = 40
    task = "obb"


class YoloPose(Yolo):
    name = "yolo-pose"
    title = gettext_noop("YOLO, pose")
    description = gettext_noop("The layout of Ultralytics as a ZIP: keypoints and the box around them.")
    shapes = ("keypoints",)
    row_bytes = 150
    task = "pose"
