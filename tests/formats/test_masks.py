import csv
import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from labelapp.formats.errors import Errors, UnreadableFile
from labelapp.formats.packed import Limits
from labelapp.formats.pixels import counts_of, inside_of
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS, detect
from labelapp.images.decoding import mask_picture
from tests.formats.archives import zip_of
from tests.formats.test_round_trip import NASTY

MASKS = FORMATS["masks"]
LIMITS = Limits(picture=mask_picture)
ROAD = np.array([[0, 0, 1], [2, 2, 1]], np.uint8)
CLASSES = "sky\nroad\ncar\n"


def png(values, mode: str = "L", palette: list[int] | None = None) -> bytes:
    picture = Image.fromarray(np.asarray(values))
    if mode == "P":
        picture.putpalette(palette)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def read(files: dict[str, str | bytes]) -> tuple[dict[tuple, np.ndarray], Errors]:
    """What was found: (image, class) -> pixels, and what was wrong."""
    errors, stream = Errors(), io.BytesIO(zip_of(files))
    assert detect(stream) is MASKS
    found: dict[tuple, list] = {}
    for row in MASKS.read(stream, errors, LIMITS):
        if row.annotation:
            inside = inside_of("mask", row.annotation.geometry, row.image.width, row.image.height)
            found.setdefault((row.image.name, row.annotation.label_class), []).append(inside.astype(int).tolist())
    return found, errors


def ring(left, top, right, bottom) -> list[list[float]]:
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def first_error(files: dict[str, str | bytes]) -> str:
    _found, errors = read(files)
    (error,) = errors.first
    return f"{error.file}: " + error.message.format(**error.values)


def test_each_value_becomes_a_mask_of_its_class():
    found, errors = read({"trainannot/a.png": png(ROAD), "train/a.png": png(ROAD), "classes.txt": CLASSES})
    assert not errors.count
    assert found == {
        ("train/a", "sky"): [[[1, 1, 0], [0, 0, 0]]],
        ("train/a", "road"): [[[0, 0, 1], [0, 0, 1]]],
        ("train/a", "car"): [[[0, 0, 0], [1, 1, 0]]],
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_classes.csv", "Pixel Value, Class\n0, background\n1, road\n2, car\n"),
        ("labelmap.txt", "# label:color_rgb:parts:actions\nbackground:0,0,0::\nroad:128,0,0::\ncar:0,128,0::\n"),
        ("label_colors.txt", "0 0 0\tVoid\n128 0 0\troad\n0 128 0\tcar\n"),
        ("labels.txt", "_background_\nroad\ncar\n"),
        ("classes.csv", "value,class\n1,road\n2,car\n"),
    ],
)
def test_the_lists_of_other_tools_name_the_classes(name, text):
    found, errors = read({"masks/x/a_mask.png": png(ROAD), name: text})
    assert not errors.count
    assert set(found) == {("x/a", "road"), ("x/a", "car")}


def test_colours_are_classes_too():
    colours = np.array([[0, 0, 0], [128, 0, 0], [0, 128, 0]], np.uint8)
    text = "name,r,g,b\nroad,128,0,0\ncar,0,128,0\n"
    found, errors = read({"masks/a.png": png(colours[ROAD]), "class_dict.csv": text})
    assert not errors.count
    assert set(found) == {("a", "road"), ("a", "car")}
    palette = colours.flatten().tolist()
    assert read({"masks/a.png": png(ROAD, "P", palette), "class_dict.csv": text})[0] == found
    wrong = {"masks/a.png": png(colours[ROAD] + np.uint8(1)), "class_dict.csv": text}
    assert "masks/a.png: The colour 1, 1, 1 is not in class_dict.csv." in [
        f"{each.file}: " + each.message.format(**each.values) for each in read(wrong)[1].first
    ]


def test_yes_or_no_needs_no_list():
    assert set(read({"label/1.png": png(ROAD // 2 * 255)})[0]) == {("1", "foreground")}
    with pytest.raises(UnreadableFile, match=r"classes\.txt"):
        read({"label/1.png": png(ROAD)})


def test_objects_are_told_apart_where_they_have_files_of_their_own():
    first, second = (ROAD == 1) * np.uint8(255), (ROAD == 2) * np.uint8(255)
    files = {"7/images/7.png": png(ROAD), "7/masks/x.png": png(first), "7/masks/y.png": png(second)}
    found, errors = read(files)
    assert not errors.count
    assert found == {("7/images/7", "foreground"): [(first // 255).tolist(), (second // 255).tolist()]}


def test_objects_are_told_apart_by_the_masks_of_objects_of_voc():
    files = {
        "VOC/SegmentationObject/a.png": png(np.array([[0, 0, 5], [6, 7, 5]], np.uint8)),
        "VOC/SegmentationClass/a.png": png(ROAD),
        "VOC/ImageSets/Segmentation/val.txt": "a\n",
        "VOC/labelmap.txt": "background:::\nroad:::\ncar:::\n",
    }
    found, errors = read(files)
    assert not errors.count
    assert found[("a", "car")] == [[[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [0, 1, 0]]]
    assert len(found[("a", "road")]) == 1
    del files["VOC/SegmentationClass/a.png"]
    files["VOC/SegmentationClass/b.png"] = png(ROAD)
    assert first_error(files).startswith("VOC/SegmentationObject/a.png: The mask “VOC/SegmentationClass/a.png”")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (png(ROAD + np.uint8(9)), "The value 9 is not in classes.txt."),
        (b"\x89PNG\r\n\x1a\n", "not a picture"),
        (b"", "not a picture"),
        (png(np.arange(6000, dtype=np.uint16).reshape(60, 100)), "a photo, not a mask"),
    ],
)
def test_what_is_wrong_with_a_mask_is_told_and_the_others_are_read(content, words):
    found, errors = read({"masks/a.png": content, "masks/b.png": png(ROAD), "classes.txt": CLASSES})
    assert {name for name, _class in found} == {"b"}
    told = [each.message.format(**each.values) for each in errors.first]
    assert errors.first[0].file == "masks/a.png"
    assert any(words in each for each in told), told


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [("labelmap.txt", "a:0,0,0::\nb:0,0,900::\n", 2), ("_classes.csv", "Pixel Value,Class\nx,road\n", 2)],
)
def test_a_wrong_line_of_a_list_is_named(name, text, line):
    with pytest.raises(UnreadableFile) as caught:
        read({"masks/a.png": png(ROAD), name: text})
    assert (caught.value.line, caught.value.file) == (line, name)


def test_what_is_written_comes_back_pixel_by_pixel():
    left = np.zeros((30, 40), bool)
    left[3:20, 5:18] = True
    right = np.zeros((30, 40), bool)
    right[3:20, 18:25] = True
    shapes = [{"size": [30, 40], "counts": counts_of(each)} for each in (left, right)]
    images = [
        LabelledImage(
            ImageRecord(name, None, f"{number:064x}", 40, 30, "test", file=f"JPEGImages/{number}.jpg"),
            [AnnotationRecord(name, "mask", shape) for shape in shapes],
        )
        for number, name in enumerate(NASTY)
    ]
    stream = io.BytesIO()
    assert MASKS.write(stream, images, Known(["never used"])) == 2 * len(NASTY)
    stream.seek(0)
    assert detect(stream) is MASKS
    errors = Errors()
    rows = [row for row in MASKS.read(stream, errors, LIMITS) if row.annotation]
    assert not errors.count, errors.first
    assert [(row.image.name, row.annotation.label_class, row.annotation.geometry) for row in rows] == [
        (name, name, shape) for name in NASTY for shape in shapes
    ]
    with zipfile.ZipFile(stream) as archive:
        assert list(csv.reader(io.StringIO(archive.read("classes.csv").decode())))[1] == ["1", "never used"]
        assert archive.read("ImageSets/Segmentation/test.txt").decode().count("\n") == len(NASTY)


def test_every_shape_with_an_area_is_painted_by_the_centres_of_its_pixels_and_later_ones_lie_above():
    record = ImageRecord("a.png", 1, "ab", 6, 4, file="JPEGImages/a.png")
    shapes = [
        AnnotationRecord("below", "box", {"box": [0.4, 0.4, 4, 3]}),
        AnnotationRecord("above", "polygon", {"rings": [ring(2, 1, 5, 3), ring(3, 1, 4, 3)]}),
        AnnotationRecord("above", "ellipse", {"center": [5.5, 3.5], "radii": [0.4, 0.4]}),
        AnnotationRecord("above", "tag"),
    ]  # fmt: skip
    stream = io.BytesIO()
    assert MASKS.write(stream, [LabelledImage(record, shapes)], Known(["below", "above"])) == 3
    with zipfile.ZipFile(stream) as archive:
        picture = Image.open(io.BytesIO(archive.read("SegmentationClass/a.png")))
    assert picture.mode == "P"
    assert picture.getpalette()[3:9] == [128, 0, 0, 0, 128, 0]
    assert np.asarray(picture).tolist() == [
        [1, 1, 1, 1, 0, 0],
        [1, 1, 2, 1, 2, 0],
        [1, 1, 2, 1, 2, 0],
        [0, 0, 0, 0, 0, 2],
    ]


def test_what_was_brought_to_the_front_lies_above():
    record = ImageRecord("a.png", 1, "ab", 4, 1, file="JPEGImages/a.png")
    boxes = [
        AnnotationRecord("front", "box", {"box": [0, 0, 3, 1]}, z_order=1),
        AnnotationRecord("back", "box", {"box": [1, 0, 3, 1]}, z_order=-1),
        AnnotationRecord("middle", "box", {"box": [2, 0, 2, 1]}),
    ]
    stream = io.BytesIO()
    MASKS.write(stream, [LabelledImage(record, boxes)], Known(["front", "back", "middle"]))
    with zipfile.ZipFile(stream) as archive:
        picture = Image.open(io.BytesIO(archive.read("SegmentationClass/a.png")))
    assert np.asarray(picture).tolist() == [[1, 1, 1, 3]]
