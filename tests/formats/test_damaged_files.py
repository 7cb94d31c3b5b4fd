"""Files with damage at random: each is read or refused with a reason, and what is read can be kept in a database."""

import io
import json
import random
import zipfile

import pytest

from labelapp.formats.errors import Errors, UnreadableFile
from labelapp.formats.packed import LIMITS, Packed
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS, detect
from tests.formats.archives import tar_of, zip_of
from tests.formats.test_round_trip import SHAPES

JUNK = [
    b"NaN", b"null", b"[]", b"{}", b"1e999", b'"', b"<", b">", b"-1", b"\x00", b"\xff", b"\\ud800", b"9" * 30, b" ",
    b"\n",
    b"&#0;", b"*a", b"&a ",
]  # fmt: skip
VALUES = [None, True, 0, -1, 1.5, "x", [], {}, [1], {"a": 1}, 10**25, [[]], [{}], [None]]
ARCHIVES = ["voc", "yolo", "yolo-segment", "yolo-obb", "yolo-pose"]


def written(format: str) -> bytes:
    path = FORMATS[format].image_path("a.png", "train")
    image = ImageRecord("a.png", 1, "ab", 60, 40, "train", file=path)
    stream = io.BytesIO()
    annotations = [AnnotationRecord("cat", shape, geometry, {"x": 1}) for shape, geometry in SHAPES.items()]
    FORMATS[format].write(stream, [LabelledImage(image, annotations)], Known(["cat"]))
    return stream.getvalue()


def damaged(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randrange(1, 4)):
        start = rng.randrange(len(changed) + 1)
        changed[start : start + rng.choice([0, 0, 1, 2, 5, 20])] = rng.choice(JUNK)
    return bytes(changed)


def with_other_values(value, rng: random.Random):
    if rng.random() < 0.06:
        return rng.choice(VALUES)
    if isinstance(value, dict):
        return {key: with_other_values(each, rng) for key, each in value.items() if rng.random() > 0.02}
    return [with_other_values(each, rng) for each in value] if isinstance(value, list) else value


def read(content: bytes, format: str, detected: bool) -> None:
    errors = Errors()
    try:
        chosen = detect(io.BytesIO(content)) if detected else FORMATS[format]
        for row in chosen.read(io.BytesIO(content), errors):
            annotation = row.annotation
            for text in (row.image.name, annotation.label_class if annotation else "", row.file, row.item):
                text.encode()
                assert "\0" not in text
            json.dumps([row.image.split, row.image.group, annotation and [annotation.geometry, annotation.attributes]])
    except UnreadableFile as problem:
        errors.add_problem(problem.line, problem, problem.file)
    for each in errors.first:
        assert each.message.format(**each.values).encode()
        assert each.line >= 1
        f"{each.file}{each.column}".encode()


def test_damaged_json_is_read_or_refused():
    rng, content = random.Random(1), written("coco")
    values = json.loads(content)
    for number in range(600):
        read(damaged(content, rng), "coco", number % 2 == 0)
        read(json.dumps(with_other_values(values, rng)).encode(), "coco", number % 2 == 0)


@pytest.mark.parametrize("format", ARCHIVES)
def test_damaged_archives_are_read_or_refused(format):
    rng, content = random.Random(2), written(format)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    plain = tar_of(files, "w")
    for number in range(150):
        name = rng.choice(list(files))
        changed = files | {name: damaged(files[name], rng)}
        for each in (damaged(content, rng), damaged(plain, rng), zip_of(changed)):
            read(each, format, number % 2 == 0)


def test_a_member_without_a_name_is_passed_over():
    stream, nameless = io.BytesIO(), zipfile.ZipInfo("x")
    nameless.filename = ""
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(nameless, "a")
        archive.writestr("b.txt", "a")
    assert Packed(stream, LIMITS).names() == ["b.txt"]
