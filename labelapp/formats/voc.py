import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from labelapp.formats.errors import Errors, UnreadableFile, gettext_noop
from labelapp.formats.format import Format
from labelapp.formats.packed import LIMITS, Limits, Packed, is_packed, read_whole
from labelapp.formats.records import SHAPES, Known, LabelledImage, Row
from labelapp.formats.voc_reader import image_sets, rows_of, set_name
from labelapp.formats.voc_writer import SETS, annotation_xml
from labelapp.formats.zip_writing import write_member


class PascalVoc(Format):
    """One XML file per image in a ZIP; docs/formats/voc.md says what goes where."""

    name = "voc"
    title = gettext_noop("Pascal VOC")
    description = gettext_noop(
        "A ZIP with an XML file for each image: the upright box around every shape, for detectors."
    )
    suffix = ".zip"
    media_type = "application/zip"
    shapes = SHAPES[1:]
    row_bytes = 60
    packed = True

    def image_path(self, name: str, split: str) -> str:
        return f"JPEGImages/{name}"

    def write(self, stream: BinaryIO, images: Iterable[LabelledImage], known: Known) -> int:
        rows = 0
        sets: dict[str, list[str]] = {}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for labelled in images:
                path = PurePosixPath(labelled.image.file).relative_to("JPEGImages").with_suffix("")
                xml, count = annotation_xml(labelled)
                write_member(archive, f"Annotations/{path}.xml", xml)
                for name in SETS[labelled.image.split or ""]:
                    sets.setdefault(name, []).append(str(path))
                rows += count
            for name, paths in sorted(sets.items()):
                write_member(archive, f"ImageSets/Main/{name}.txt", "".join(f"{path}\n" for path in paths))
        return rows

    def read(self, stream: BinaryIO, errors: Errors, limits: Limits = LIMITS) -> Iterator[Row]:
        start = stream.read(512)
        if not is_packed(start):
            stream.seek(0)
            yield from rows_of(read_whole(stream, limits), "", None, errors)
            return
        packed = Packed(stream, limits)
        splits = image_sets(packed)
        found = False
        for member in packed.members(lambda path: path.suffix.lower() == ".xml"):
            found = True
            yield from rows_of(member.content, member.name, splits.get(set_name(member.name)), errors)
        if not found:
            raise UnreadableFile(gettext_noop("The archive holds no XML files, in which Pascal VOC keeps labels."))
