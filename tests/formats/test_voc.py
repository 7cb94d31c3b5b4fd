import io
import zipfile

import pytest

from labelapp.formats.errors import Errors, UnreadableFile
from labelapp.formats.packed import Limits
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS, detect
from tests.formats.archives import tar_of, zip_of
from tests.formats.test_round_trip import NASTY, SHAPES

VOC = FORMATS["voc"]
HEAD = "<annotation><filename>a.png</filename><size><width>60</width><height>40</height></size>"
BOX = "<bndbox><xmin>1</xmin><ymin>2.5</ymin><xmax>4</xmax><ymax>6</ymax></bndbox>"


def written(images: list[LabelledImage]) -> dict[str, str]:
    stream = io.BytesIO()
    VOC.write(stream, images, Known())
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(content: bytes | str) -> tuple[list, Errors]:
    errors = Errors()
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    assert detect(stream) is VOC
    return list(VOC.read(stream, errors)), errors


def error_of(objects: str, head: str = HEAD) -> tuple[int, str, str]:
    _rows, errors = read(f"{head}\n{objects}</annotation>")
    (error,) = errors.first
    return error.line, error.column, error.message.format(**error.values)


def test_an_image_becomes_an_xml_file_with_a_box_for_every_shape_with_an_extent():
    record = ImageRecord("street/a.png", 1, "ab", 60, 40, "validation", file="JPEGImages/street/a.png")
    files = written([LabelledImage(record, [AnnotationRecord("cat", *each) for each in SHAPES.items()])])
    assert list(files) == ["Annotations/street/a.xml", "ImageSets/Main/trainval.txt", "ImageSets/Main/val.txt"]
    assert files["ImageSets/Main/val.txt"] == "street/a\n"
    text = files["Annotations/street/a.xml"]
    assert text.count("<object>") == len(SHAPES) - 3  # neither the tag, nor the lone point, nor what is too flat
    assert "<filename>street/a.png</filename>" in text
    assert "<xmin>0.1</xmin>\n      <ymin>0.2</ymin>\n      <xmax>5.5</xmax>\n      <ymax>7.7</ymax>" in text


def test_names_classes_and_attributes_come_back_as_they_were():
    images = [
        LabelledImage(
            ImageRecord(name, None, f"{number:064x}", 60, 40, "test", file=f"JPEGImages/{number}.png"),
            [
                AnnotationRecord(
                    name, "box", {"box": [1, 2, 3.5, 4]}, {name: name, "n": 5, "t": "5", "x": None, "e": ""}
                )
            ],
        )
        for number, name in enumerate(NASTY)
    ]
    rows, errors = read(zip_of(written(images)))
    assert errors.count == 0, errors.first
    assert [(row.image.name, row.image.split) for row in rows[::2]] == [(name, "test") for name in NASTY]
    for row, each in zip(rows[1::2], images, strict=True):
        (annotation,) = each.annotations
        found = row.annotation
        assert found.label_class == annotation.label_class
        assert found.attributes == annotation.attributes | {"truncated": False, "difficult": False, "occluded": False}
        assert found.geometry == annotation.geometry


def test_flags_have_their_elements():
    flags = {"truncated": True, "difficult": False, "occluded": True, "pose": "Left"}
    record = LabelledImage(ImageRecord("a.png", file="JPEGImages/a.png"), [
        AnnotationRecord("cat", "box", {"box": [1, 2, 3, 4]}, flags),
        AnnotationRecord("cat", "box", {"box": [1, 2, 3, 4]}, {"truncated": "partly"}),
    ])  # fmt: skip
    text = written([record])["Annotations/a.xml"]
    assert "<pose>Left</pose>\n    <truncated>1</truncated>\n    <difficult>0</difficult>" in text
    assert text.count("<attributes>") == 1
    rows, _errors = read(text)
    assert rows[1].annotation.attributes == flags
    assert rows[2].annotation.attributes["truncated"] == "partly"


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_edges_are_taken_as_they_stand_and_splits_from_the_lists(pack):
    files = {
        "set/Annotations/a.xml": f"{HEAD}<object><name> cat </name>{BOX}</object></annotation>",
        "set/ImageSets/Main/train.txt": "a\nb\n",
        "set/ImageSets/Main/cat_train.txt": "a 1\n",
        "set/JPEGImages/a.jpg": "no text at all",
        "__MACOSX/set/Annotations/._a.xml": "\0",
    }
    rows, errors = read(pack(files))
    assert errors.count == 0
    assert [(row.file, row.item) for row in rows] == [
        ("set/Annotations/a.xml", ""), ("set/Annotations/a.xml", "object[1]"),
    ]  # fmt: skip
    assert (rows[0].image.name, rows[0].image.width, rows[0].image.split) == ("a.png", 60, "train")
    assert (rows[1].annotation.label_class, rows[1].annotation.geometry) == ("cat", {"box": [1, 2.5, 3, 3.5]})


@pytest.mark.parametrize(
    ("objects", "line", "column", "words"),
    [
        (f"<object>{BOX}</object>", 2, "object[1].name", "class"),
        ("<object><name>cat</name></object>", 2, "object[1].bndbox", "box is missing"),
        (f"\n<object>\n<name>cat</name>{BOX.replace('>1<', '>NaN<')}</object>", 3, "object[1].bndbox.xmin", "NaN"),
        (f"<object><name>cat</name>{BOX.replace('>1<', '><')}</object>", 2, "object[1].bndbox.xmin", "missing"),
        (f"<object><name>cat</name>{BOX.replace('>4<', '>1<')}</object>", 2, "object[1].bndbox.xmax", "greater"),
        ("\n<object>", 3, "", "no XML"),
    ],
)
def test_a_wrong_object_is_named_by_line_and_place(objects, line, column, words):
    found = error_of(objects)
    assert found[:2] == (line, column)
    assert words in found[2]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("<annotation>", "filename"),
        ("<annotation><filename>a</filename><size><width>x</width></size>", "size.width"),
    ],
)  # fmt: skip
def test_a_wrong_head_is_named(head, column):
    assert error_of("", head)[1] == column


def test_other_xml_is_refused():
    _rows, errors = read("<?xml version='1.0'?><html></html>")
    assert "<html>" in errors.first[0].message.format(**errors.first[0].values)


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>\n<annotation>&c;</annotation>',
        '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<annotation></annotation>',
    ],
)
def test_document_types_are_refused(content):
    _rows, errors = read(content)
    (error,) = errors.first
    assert (error.line, "DOCTYPE" in error.message) == (2, True)


def test_one_bad_file_of_an_archive_is_named_and_the_others_are_read():
    good = f"{HEAD}<object><name>cat</name>{BOX}</object></annotation>"
    rows, errors = read(zip_of({"a.xml": good, "b.xml": "<annotation>\n<", "c.xml": good, "d.xml": "<a>" * 100_000}))
    assert len(rows) == 4
    assert [(each.file, each.line) for each in errors.first] == [("b.xml", 2), ("d.xml", 1)]


def test_an_archive_without_xml_is_refused():
    with pytest.raises(UnreadableFile, match="no XML"):
        list(VOC.read(io.BytesIO(zip_of({"a.txt": "x"})), Errors()))


def test_a_lone_file_over_the_limit_is_refused():
    with pytest.raises(UnreadableFile, match="larger than"):
        list(VOC.read(io.BytesIO(f"{HEAD}{' ' * 100}</annotation>".encode()), Errors(), Limits(file_bytes=100)))
