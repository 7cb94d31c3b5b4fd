"""A version folder: what images and annotations a run may learn from, and where the files lie."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.engine.errors import EngineError

_FINISHED = ("labelled", "approved")
SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class LabelClass:
    """One class of the project.

    Args:
        id: the site's id.
        name: what people call it.
        color: as `#rrggbb`.
        skeleton: of its keypoints, as the API has it: `points` with names, `edges`, `flip` (pairs of left and right);
            empty where it has none.
    """

    id: int
    name: str
    color: str
    skeleton: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, told: dict[str, Any]) -> "LabelClass":
        """Returns a class as `version.json` and cards tell of it."""
        return cls(told["id"], told["name"], told.get("color", "#888888"), told.get("skeleton") or {})

    @property
    def told(self) -> dict[str, Any]:
        """What a card tells of it."""
        told = {"id": self.id, "name": self.name, "color": self.color}
        return told | {"skeleton": self.skeleton} if self.skeleton else told


@dataclass(frozen=True)
class Annotation:
    """One shape with one class on one image; `geometry` and `attributes` are as the API has them."""

    class_id: int
    shape: str
    geometry: dict[str, Any]


@dataclass(frozen=True)
class ImageRow:
    """One image of the version; width and height in pixels of the upright image.

    `finished` says whether somebody has labelled all of it: only then is what has no label known to be nothing.
    """

    image_id: int
    sha256: str
    name: str
    width: int
    height: int
    split: str
    annotations: tuple[Annotation, ...]
    finished: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height


@dataclass(frozen=True)
class Version:
    """A frozen version, read from its folder.

    Args:
        project: name of the project.
        number: number of the version within its project.
        hash: content hash of the version.
        kind: kind of the project.
        classes: in the project's order; a model's outputs keep this order.
        images: in the manifest's order.
        image_folder: where the untouched originals lie, by content address.
    """

    project: str
    number: int
    hash: str
    kind: str
    classes: tuple[LabelClass, ...]
    images: tuple[ImageRow, ...]
    image_folder: Path

    @classmethod
    def read(cls, folder: Path, image_folder: Path | None = None) -> "Version":
        """Reads `version.json` and `manifest.parquet`.

        Args:
            folder: the version folder.
            image_folder: where image files lie; None: `images` in the version folder.

        Raises:
            EngineError: `bad_version`, when a file is missing or is not what it should be.
        """
        import pyarrow.parquet as pq  # tables are for training alone

        try:
            head = json.loads((folder / "version.json").read_text(encoding="utf-8"))
            if head["format"] != 1:
                raise ValueError(f"format {head['format']} is not known here")
            rows = pq.read_table(folder / "manifest.parquet").to_pylist()
            return cls(
                project=str(head.get("project", "")),
                number=int(head["number"]),
                hash=str(head["hash"]),
                kind=str(head.get("kind", "any")),
                classes=tuple(map(LabelClass.of, head["classes"])),
                images=tuple(image_row(row) for row in rows),
                image_folder=image_folder or folder / "images",
            )
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise EngineError(
                "bad_version",
                f"The version folder {folder} cannot be read: {error}",
                "Freeze the version again, or check the path.",
            ) from error

    def file_of(self, image: ImageRow) -> Path:
        """Returns where the original of an image lies."""
        return self.image_folder / image.sha256[:2] / image.sha256


def image_row(row: dict[str, Any]) -> ImageRow:
    """Returns a row of the manifest.

    Raises:
        ValueError: its split is none.
    """
    if row["split"] not in SPLITS:
        raise ValueError(f"{row['name']}: split {row['split']!r} is none of {', '.join(SPLITS)}")
    return ImageRow(
        image_id=row["image_id"],
        sha256=row["sha256"],
        name=row["name"],
        width=row["width"],
        height=row["height"],
        split=row["split"],
        annotations=tuple(
            Annotation(item["class_id"], item["shape"], json.loads(item.get("geometry") or "{}"))
            for item in row["annotations"] or ()
        ),
        finished=row.get("status", "labelled") in _FINISHED,
    )
