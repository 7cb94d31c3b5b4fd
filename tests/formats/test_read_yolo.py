import pytest

from labelapp.formats.errors import UnreadableFile
from labelapp.formats.records import AnnotationRecord, LabelledImage
from labelapp.formats.relative import geometry_in_pixels
from tests.formats.archives import tar_of, zip_of
from tests.formats.yolo_files import DATA, read, record, row_of, written


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
