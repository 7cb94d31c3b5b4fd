import pytest
import yaml

from labelapp.formats.records import AnnotationRecord, ImageRecord, LabelledImage
from tests.formats.archives import zip_of
from tests.formats.test_round_trip import NASTY, SHAPES
from tests.formats.yolo_files import lines_of, read, record, written


@pytest.mark.parametrize(
    ("format", "shape", "numbers"),
    [
        ("yolo", "box", [0.0, 0.5, 0.5, 0.5, 0.25]),
        ("yolo-segment", "box", [0.0, 0.25, 0.375, 0.75, 0.375, 0.75, 0.625, 0.25, 0.625]),
        ("yolo-obb", "box", [0.0, 0.25, 0.375, 0.75, 0.375, 0.75, 0.625, 0.25, 0.625]),
    ],
)
def test_a_box_is_written_as_the_task_wants_it(format, shape, numbers):
    assert lines_of(format, shape, {"box": [15, 15, 30, 10]}) == [numbers]


@pytest.mark.parametrize(
    ("format", "shapes"),
    [
        ("yolo", set(SHAPES) - {"tag", "keypoints", "box"}),
        ("yolo-segment", {"rotated_box", "polygon", "ellipse", "mask", "box"}),
        ("yolo-obb", set(SHAPES) - {"tag", "keypoints"}),
        ("yolo-pose", {"keypoints"}),
    ],
)
def test_shapes_that_a_task_has_no_place_for_are_left_out(format, shapes):
    got = {shape for shape, geometry in SHAPES.items() if lines_of(format, shape, geometry)}
    assert got == shapes  # the box of SHAPES is too flat, the keypoint alone


@pytest.mark.parametrize("format", ["yolo", "yolo-segment", "yolo-obb", "yolo-pose"])
def test_no_number_is_outside_the_image(format):
    shapes = {
        "rotated_box": {"box": [40, 10, 30, 20], "angle": 30},
        "ellipse": {"center": [0, 0], "radii": [9, 5], "angle": 3},
        "keypoints": {"points": [[60, 40, 2], [0, 0, 1]]}, "box": {"box": [59.9999999, 0.1, 0.0000001, 39.9]},
        "polygon": {"rings": [[[0, 0], [60, 0], [60, 40]]]},
    }  # fmt: skip
    for shape, geometry in shapes.items():
        for _number, *values in lines_of(format, shape, geometry):
            assert all(0 <= value <= 1 or (format == "yolo-pose" and value == 2) for value in values)


def test_key_points_are_filled_up_to_the_longest_of_the_file():
    points = [{"points": [[6, 4, 2], [30, 20, 1]]}, {"points": [[6, 4, 2], [12, 8, 2], [0, 0, 0]]}]
    files = written(
        "yolo-pose", LabelledImage(record(), [AnnotationRecord("cat", "keypoints", each) for each in points])
    )
    assert yaml.safe_load(files["data.yaml"])["kpt_shape"] == [3, 3]
    assert files["labels/train/a.txt"].splitlines() == [
        "0 0.3 0.3 0.4 0.4 0.1 0.1 2 0.5 0.5 1 0 0 0", "0 0.15 0.15 0.1 0.1 0.1 0.1 2 0.2 0.2 2 0 0 0",
    ]  # fmt: skip


def test_data_yaml_names_classes_and_folders():
    images = [
        LabelledImage(record("a.png", "val", split="validation"), []),
        LabelledImage(record("b.png", "test", split="test"), []),
    ]
    data = yaml.safe_load(written("yolo-obb", *images, classes=tuple(NASTY))["data.yaml"])
    assert data["names"] == dict(enumerate(NASTY))
    assert (data["train"], data["val"], data["test"], data["task"]) == (
        "images/train",
        "images/val",
        "images/test",
        "obb",
    )
    only = written("yolo", LabelledImage(record(), []))
    assert yaml.safe_load(only["data.yaml"])["val"] == "images/train"
    assert only["labels/train/a.txt"] == ""


@pytest.mark.parametrize("name", ["\x85\u2028\ufeff\x7f\x01", "🦜 \ud7ff", "no", "1.0"])
def test_names_that_yaml_would_read_as_something_else_are_quoted(name):
    files = written("yolo", LabelledImage(record(), [AnnotationRecord(name, "box", {"box": [1, 2, 3, 4]})]), classes=())
    assert yaml.safe_load(files["data.yaml"])["names"] == {0: name}
    assert read(zip_of(files))[0][1].annotation.label_class == name


def test_images_are_known_again_whatever_they_are_called():
    images = [
        LabelledImage(ImageRecord(name, None, f"{number:064x}", 60, 40, split, file=f"images/train/{number}.png"), [])
        for number, name in enumerate(NASTY)
        for split in [("", "train")[number % 2]]
    ]
    rows, errors = read(zip_of(written("yolo", *images)))
    assert errors.count == 0
    assert [(row.image.name, row.image.sha256, row.image.split) for row in rows] == [
        (each.image.name, each.image.sha256, each.image.split) for each in images
    ]
