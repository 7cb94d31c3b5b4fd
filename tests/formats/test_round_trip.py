import io
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from labelapp.formats.errors import Errors
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS

NASTY = [
    "plain.jpg", "=1+1", "+5", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "'quoted", "''two", "'=x", "'", "a,b;c\td",
    'say "hi"',
    "line\nbreak", "line\r\nbreak", "Ünïcødé/画像.png", "🦜.jpg", " leading", "trailing ", "＝full", "-", "null", "5",
    "true",
    "'s-Gravenhage", '"', "a\\b", "<b>&amp;</b>", "%s {0}",
]  # fmt: skip
SHAPES = {
    "tag": {},
    "box": {"box": [0.1, 1 / 3, 10.123456789012345, 2e-7]},
    "rotated_box": {"box": [1.5, 2.5, 3.0, 4.0], "angle": 33.3},
    "polygon": {"rings": [[[0.1, 0.2], [5.5, 0.2], [5.5, 7.7]], [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]]]},
    "polyline": {"points": [[0.1, 0.2], [1e-9, 3.3]]},
    "keypoints": {"points": [[1.25, 2.5, 2], [0.0, 0.0, 0]]},
    "ellipse": {"center": [5.1, 6.2], "radii": [1.1, 2.2], "angle": 0.1},
    "mask": {"size": [4, 6], "counts": [0, 3, 1, 2, 18]},
}


def write(format: str, images: list[LabelledImage], attributes: list[str] = []) -> tuple[bytes, int]:  # noqa: B006
    stream = io.BytesIO()
    rows = FORMATS[format].write(stream, images, Known(attributes=attributes))
    return stream.getvalue(), rows


def read(format: str, content: bytes):
    errors = Errors()
    rows = list(FORMATS[format].read(io.BytesIO(content), errors))
    assert errors.count == 0, errors.first
    return rows


def random_annotation(rng: random.Random, values: list) -> AnnotationRecord:
    shape = rng.choice(list(SHAPES))
    made = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=rng.randrange(10**14))
    return AnnotationRecord(
        label_class=rng.choice(NASTY),
        shape=shape,
        geometry=SHAPES[shape],
        attributes={name: rng.choice(values) for name in rng.sample(["colour", "=n", "other"], rng.randrange(4))},
        source=rng.choice(["manual", "auto", "semi-auto", "file"]),
        score=rng.choice([None, 0.0, 1.0, rng.random()]),
        model=rng.choice([None, 7]),
        author=rng.choice(NASTY),
        created_at=made,
        updated_at=made + timedelta(seconds=1),
        id=str(UUID(int=rng.getrandbits(128), version=4)),
        occluded=rng.choice([False, True]),
        z_order=rng.choice([0, -3, 10**9]),
        group=rng.choice([0, 4]),
    )


def test_the_complete_csv_gives_back_exactly_what_was_written():
    values = [*NASTY, "", 0, -5, 2.5, 1e300, True, False, None, ["a", 1], {"x": "=1"}, 2**63 - 1]
    for seed in range(30):
        rng = random.Random(seed)
        images = [
            LabelledImage(
                ImageRecord(
                    name,
                    number,
                    f"{number:064x}",
                    60,
                    40,
                    rng.choice(["", "test"]),
                    "labelled",
                    rng.choice(["", *NASTY]),
                ),
                [random_annotation(rng, values) for _ in range(rng.randrange(4))],
            )
            for number, name in enumerate(NASTY, 1)
        ]
        content, count = write("csv", images, ["colour", "=n"])
        rows = read("csv", content)
        assert count == len(rows)
        back: dict[int, list[AnnotationRecord]] = {each.image.id: [] for each in images}
        for row in rows:
            if row.annotation:
                back[row.image.id].append(row.annotation)
        for each in images:
            assert back[each.image.id] == each.annotations
        first = {row.image.id: row.image for row in reversed(rows)}
        for each in images:
            again = first[each.image.id]
            assert (again.name, again.sha256, again.split, again.status, again.group) == (
                each.image.name, each.image.sha256, each.image.split, each.image.status, each.image.group,
            )  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_no_cell_of_text_begins_as_a_formula(name):
    import csv

    annotation = AnnotationRecord(name, "tag", {}, {"colour": name}, author=name, id=str(UUID(int=1)))
    content, _rows = write("csv", [LabelledImage(ImageRecord(name, 1, "", 1, 1), [annotation])], ["colour"])
    cells = list(csv.reader(io.StringIO(content.decode(), newline="")))[1]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_an_image_without_annotations_has_one_row():
    content, rows = write("csv", [LabelledImage(ImageRecord("a.png", 3, "ab", 10, 10, "", "new", "", 4), ())])
    assert rows == 1
    (row,) = read("csv", content)
    assert row.annotation is None
    assert row.image.id == 3


def test_box_columns_are_pixels_and_parts():
    annotation = AnnotationRecord("cat", "box", {"box": [10, 20, 30, 40]})
    content, _rows = write("csv", [LabelledImage(ImageRecord("a.png", 1, "", 100, 200), [annotation])])
    header, line = content.decode().splitlines()[:2]
    row = dict(zip(header.split(","), line.split(","), strict=False))
    assert (row["box_x"], row["box_y"], row["box_w"], row["box_h"]) == ("10", "20", "30", "40")
    assert (row["norm_cx"], row["norm_cy"], row["norm_w"], row["norm_h"]) == (
        "0.250000", "0.200000", "0.300000", "0.200000",
    )  # fmt: skip


def test_classification_rows_are_file_name_and_class():
    images = [
        LabelledImage(ImageRecord("a.png"), [AnnotationRecord("=cat", "tag"), AnnotationRecord("dog", "tag")]),
        LabelledImage(ImageRecord("b.png"), [AnnotationRecord("dog", "box", {"box": [0, 0, 1, 1]})]),
    ]
    content, rows = write("csv-classification", images)
    assert content.decode().splitlines() == ["filename,class", "a.png,'=cat", "a.png,dog"]
    assert rows == 2
    assert [row.annotation.label_class for row in read("csv-classification", content)] == ["=cat", "dog"]


def test_box_rows_hold_the_edges_of_every_shape_with_an_extent():
    image = ImageRecord("a.png", width=60, height=40)
    annotations = [AnnotationRecord("cat", shape, geometry) for shape, geometry in SHAPES.items()]
    content, rows = write("csv-boxes", [LabelledImage(image, annotations)])
    lines = content.decode().splitlines()
    assert lines[0] == "filename,width,height,class,xmin,ymin,xmax,ymax"
    assert rows == len(SHAPES) - 1
    assert lines[-1] == "a.png,60,40,cat,0,0,2,3"
    assert read("csv-boxes", lines[0].encode() + b"\na.png,60,40,cat,1,2.5,4,6")[0].annotation.geometry == {
        "box": [1.0, 2.5, 3.0, 3.5]
    }
