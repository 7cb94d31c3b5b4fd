import io
import zipfile

import pytest
import yaml

from labelapp.formats.errors import Errors, UnreadableFile
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS, detect
from labelapp.formats.relative import geometry_in_pixels
from tests.formats.archives import tar_of, zip_of
from tests.formats.test_round_trip import NASTY, SHAPES

DATA = "names: [cat, dog]\n"


def record(name: str = "a.png", folder: str = "train", **fields) -> ImageRecord:
    return ImageRecord(name, None, "ab", 60, 40, file=f"images/{folder}/{name}", **fields)


def written(format: str, *images: LabelledImage, classes: tuple[str, ...] = ("cat",)) -> dict[str, str]:
    stream = io.BytesIO()
    FORMATS[format].write(stream, images, Known(classes=classes))
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def lines_of(format: str, shape: str, geometry: dict) -> list[list[float]]:
    files = written(format, LabelledImage(record(), [AnnotationRecord("cat", shape, geometry)]))
    return [[float(word) for word in line.split()] for line in files["labels/train/a.txt"].splitlines()]


def read(content: bytes, format: str = "") -> tuple[list, Errors]:
    errors, stream = Errors(), io.BytesIO(content)
    found = FORMATS[format] if format else detect(stream)
    return list(found.read(stream, errors)), errors


def row_of(line: str, data: str = DATA, format: str = "yolo"):
    rows, errors = read(zip_of({"data.yaml": data, "labels/train/a.txt": line}), format)
    assert errors.count == 0, errors.first
    return rows[-1]


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


@pytest.mark.parametrize(
    ("format", "shape", "geometry"),
    [
        ("yolo", "box", {"box": [10.5, 3.25, 12, 20]}),
        ("yolo-segment", "polygon", {"rings": [[[0, 0], [60, 0], [30.3, 40]]]}),
        ("yolo-obb", "rotated_box", {"box": [20, 10, 15, 10], "angle": 33.3}),
        ("yolo-pose", "keypoints", {"points": [[1.5, 2.5, 2], [0, 0, 0], [30, 20, 1]]}),
    ],
)
def test_the_shape_of_each_task_comes_back(format, shape, geometry):
    content = zip_of(written(format, LabelledImage(record(), [AnnotationRecord("cat", shape, geometry)])))
    rows, errors = read(content)
    assert errors.count == 0
    found = rows[1].annotation
    back = geometry_in_pixels(shape, found.geometry, 60, 40)
    assert found.shape == shape
    for name, values in geometry.items():
        assert flat(back[name]) == pytest.approx(flat(values), abs=1e-3)


def flat(value) -> list[float]:
    return [each for part in value for each in flat(part)] if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    ("line", "data", "format", "shape"),
    [
        ("0 .5 .5 .2 .2", DATA, "yolo", "box"),
        ("0 .5 .5 .2 .2 .9", DATA, "yolo", "box"),
        ("0 .1 .1 .2 .1 .2 .2", DATA, "yolo", "polygon"),
        ("0 .1 .1 .2 .1 .2 .2 .1 .2", DATA, "yolo", "polygon"),
        ("0 .1 .1 .2 .1 .2 .2 .1 .2", DATA, "yolo-obb", "rotated_box"),
        ("0 .1 .1 .2 .1 .2 .2 .1 .2", "task: obb\n" + DATA, "yolo", "rotated_box"),
        ("0 .5 .5 .2 .2 .5 .5 .1 .1", "kpt_shape: [2, 2]\n" + DATA, "yolo", "keypoints"),
        ("0 .5 .5 .2 .2 .5 .5 2", "kpt_shape: [1, 3]\n" + DATA, "yolo", "keypoints"),
    ],
)
def test_lines_of_other_tools_are_told_apart(line, data, format, shape):
    row = row_of(line, data, format)
    assert (row.annotation.shape, row.annotation.label_class, row.relative) == (shape, "cat", True)
    assert row.annotation.score == (0.9 if line.endswith(".9") else None)


@pytest.mark.parametrize("pack", [zip_of, tar_of])
@pytest.mark.parametrize(
    ("path", "name", "split"),
    [
        ("labels/train/a.b.txt", "a.b", "train"), ("valid/labels/a.txt", "a", "validation"),
        ("x/labels/train2017/a.txt", "train2017/a", None),
        ("labels/val/street/a.txt", "street/a", "validation"), ("labels/a.txt", "a", None),
        ("obj_train_data/a.txt", "a", None),
    ],
)  # fmt: skip
def test_folders_tell_image_and_split(pack, path, name, split):
    rows, errors = read(pack({"data.yaml": DATA, path: "1 .5 .5 .1 .1"}))
    assert errors.count == 0
    assert (rows[0].image.name, rows[0].image.split, rows[0].image.stem_only) == (name, split, True)
    assert rows[1].annotation.label_class == "dog"


def test_names_may_stand_in_a_list_of_their_own():
    rows, _errors = read(zip_of({"labels/a.txt": "1 .5 .5 .1 .1", "classes.txt": "cat\ndog\n"}))
    assert rows[1].annotation.label_class == "dog"


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("7 .5 .5 .1 .1", "class", "no class 7: the names go from 0 to 1"),
        ("cat .5 .5 .1 .1", "class", "not a number"),
        ("0.5 .5 .5 .1 .1", "class", "not the number of a class"),
        ("0 .5 .5 .1", "coordinates", "there are 3"),
        ("0", "coordinates", "there are 0"),
        ("0 .5 .5 .1 .1 .2 .2 .3", "coordinates", "there are 7"),
        ("0 .5 .5 NaN .1", "coordinates", "NaN"),
        ("0 50 50 10 10", "coordinates", "from 0 to 1"),
    ],
)
def test_a_wrong_line_is_named(line, column, words):
    rows, errors = read(zip_of({"data.yaml": DATA, "labels/a.txt": f"0 .5 .5 .1 .1\n\n{line}\n"}))
    (error,) = errors.first
    assert len(rows) == 2
    assert (error.file, error.line, error.column) == ("labels/a.txt", 3, column)
    assert words in error.message.format(**error.values)


@pytest.mark.parametrize(
    ("files", "line", "words"),
    [
        ({"labels/a.txt": ""}, 1, "data.yaml"),
        ({"data.yaml": "names: [a\nb: c", "labels/a.txt": ""}, 2, "no YAML"),
        ({"data.yaml": "names: [yes, no]", "labels/a.txt": ""}, 1, "in quotes"),
        ({"data.yaml": "names: 5", "labels/a.txt": ""}, 1, "must list"),
        ({"data.yaml": 'names: ["a\\0b"]', "labels/a.txt": ""}, 1, "must list"),
        ({"data.yaml": 'names: ["\\ud800"]', "labels/a.txt": ""}, 1, "must list"),
        ({"data.yaml": DATA, "images.csv": 'file,filename,sha256,split\n"', "labels/a.txt": ""}, 2, "no CSV"),
        ({"data.yaml": "names: [a]\nkpt_shape: 3", "labels/a.txt": ""}, 1, "kpt_shape"),
        ({"data.yaml": "a: !!python/object/apply:os.system [ls]", "labels/a.txt": ""}, 1, "no YAML"),
        ({"data.yaml": b"\xff\xff", "labels/a.txt": ""}, 1, "no YAML"),
        ({"data.yaml": "[" * 5000, "labels/a.txt": ""}, 1, "no YAML"),
    ],
)
def test_a_data_set_without_usable_names_is_refused(files, line, words):
    with pytest.raises(UnreadableFile) as problem:
        read(zip_of(files), "yolo")
    assert problem.value.line == line
    assert words in problem.value.message.format(**problem.value.values)


def test_an_archive_without_labels_is_refused():
    with pytest.raises(UnreadableFile, match="holds no"):
        read(zip_of({"data.yaml": DATA}), "yolo")


@pytest.mark.parametrize("row", ["images/,a,b,test", "images/a.png,a", "images/../a.png,a,b,c,d", "a.png,a.png,b,test"])
def test_a_list_of_images_that_is_wrong_says_nothing(row):
    files = {"data.yaml": DATA, "images.csv": f"file,filename,sha256,split\n{row}\n", "labels/a.txt": "0 .5 .5 .1 .1"}
    rows, errors = read(zip_of(files))
    assert (errors.count, rows[0].image.name, rows[0].image.stem_only) == (0, "a", True)


def test_a_split_that_there_is_not_is_not_set():
    files = {
        "data.yaml": DATA,
        "images.csv": "file,filename,sha256,split\nimages/a.png,x.png,AB,mine\n",
        "labels/a.txt": "",
    }
    rows, _errors = read(zip_of(files))
    assert (rows[0].image.name, rows[0].image.sha256, rows[0].image.split) == ("x.png", "ab", None)
