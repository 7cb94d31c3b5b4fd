import io
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from labelapp.formats import rings
from labelapp.formats.errors import Errors, UnreadableFile
from labelapp.formats.records import AnnotationRecord, ImageRecord, Known, LabelledImage
from labelapp.formats.registry import FORMATS, detect
from tests.formats.test_round_trip import NASTY, SHAPES

COCO = FORMATS["coco"]
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
CATEGORIES = [{"id": 7, "name": "cat"}, {"id": 2, "name": "dog"}]
PICTURE = {"id": 5, "file_name": "a.png", "width": 60, "height": 40}


def written(images: list[LabelledImage], classes: list[str] = []) -> bytes:  # noqa: B006
    stream = io.BytesIO()
    COCO.write(stream, images, Known(classes=classes))
    return stream.getvalue()


def read(content: bytes | str | dict) -> tuple[list, Errors]:
    text = json.dumps(content) if isinstance(content, dict) else content
    stream = io.BytesIO(text.encode() if isinstance(text, str) else text)
    errors = Errors()
    assert detect(stream) is COCO
    return list(COCO.read(stream, errors)), errors


def annotation_of(**fields) -> AnnotationRecord:
    """The one annotation of a file by another tool."""
    annotation = {"id": 1, "image_id": 5, "category_id": 7} | fields
    rows, errors = read({"images": [PICTURE], "categories": CATEGORIES, "annotations": [annotation]})
    assert errors.count == 0, errors.first
    return rows[-1].annotation


def error_of(**fields) -> tuple[str, str]:
    annotation = {"id": 1, "image_id": 5, "category_id": 7, "bbox": [1, 2, 3, 4]} | fields
    _rows, errors = read({"images": [PICTURE], "categories": CATEGORIES, "annotations": [annotation]})
    (error,) = errors.first
    return error.column, error.message.format(**error.values)


def test_every_shape_and_field_comes_back_as_it_was():
    images = []
    for number, name in enumerate(NASTY, 1):
        annotations = [
            AnnotationRecord(
                name + shape, shape, geometry, {"note": name, "n": 5, "x": None, "l": [1, {"a": 2.5}]}, "semi-auto",
                0.1 + 0.2 if number % 2 else None, 7, name, MOMENT, MOMENT, str(UUID(int=number * 100 + place)),
                bool(place % 2), place - 2, number % 3,
            )
            for place, (shape, geometry) in enumerate(SHAPES.items())
        ]  # fmt: skip
        record = ImageRecord(name, None, f"{number:064x}", 60, 40, "test", "labelled", name)
        images.append(LabelledImage(record, annotations))
    rows, errors = read(written(images))
    assert errors.count == 0, errors.first
    back = {each.image.sha256: [] for each in images}
    for row in rows:
        assert row.columns.complete
        if row.annotation:
            back[row.image.sha256].append(row.annotation)
    for each in images:
        assert sorted(back[each.image.sha256], key=lambda one: one.id) == each.annotations
    apart = [row.image for row in rows if row.annotation is None]
    assert apart == [each.image for each in images]


def test_what_is_written_is_coco():
    annotations = [AnnotationRecord("cat", shape, geometry) for shape, geometry in SHAPES.items()]
    data = json.loads(written([LabelledImage(ImageRecord("a.png", width=60, height=40), annotations)], ["dog", "cat"]))
    (image,) = data["images"]
    assert (image["id"], image["file_name"], image["width"], image["height"]) == (1, "a.png", 60, 40)
    assert [each["category_id"] for each in image["labelapp"]["tags"]] == [2]
    assert [(each["id"], each["name"]) for each in data["categories"]] == [(1, "dog"), (2, "cat")]
    assert data["categories"][1]["keypoints"] == ["1", "2"]
    by_shape = {each["labelapp"]["shape"]: each for each in data["annotations"]}
    assert set(by_shape) == set(SHAPES) - {"tag"}
    for number, each in enumerate(data["annotations"], 1):
        assert (each["id"], each["image_id"], each["category_id"], each["iscrowd"]) == (number, 1, 2, 0)
        assert len(each["bbox"]) == 4
        assert each["area"] >= 0
    assert by_shape["box"]["bbox"] == SHAPES["box"]["box"]
    assert by_shape["mask"]["segmentation"] == SHAPES["mask"]
    assert by_shape["mask"]["area"] == 5
    assert (by_shape["keypoints"]["keypoints"], by_shape["keypoints"]["num_keypoints"]) == ([1.25, 2.5, 2, 0, 0, 0], 1)
    assert by_shape["polyline"]["segmentation"] == []


def test_holes_are_cut_into_the_one_ring_that_coco_has():
    data = json.loads(
        written([LabelledImage(ImageRecord("a.png"), [AnnotationRecord("cat", "polygon", SHAPES["polygon"])])])
    )
    (annotation,) = data["annotations"]
    (part,) = annotation["segmentation"]
    ring = [part[start : start + 2] for start in range(0, len(part), 2)]
    outer, hole = (abs(rings.signed_area(each)) for each in SHAPES["polygon"]["rings"])
    assert abs(rings.signed_area(ring)) == pytest.approx(outer - hole) == pytest.approx(annotation["area"])


def test_an_attribute_iscrowd_is_the_flag_of_coco():
    record = AnnotationRecord("cat", "box", {"box": [1, 2, 3, 4]}, {"iscrowd": True})
    data = json.loads(written([LabelledImage(ImageRecord("a.png"), [record])]))
    assert data["annotations"][0]["iscrowd"] == 1
    assert annotation_of(bbox=[1, 2, 3, 4], iscrowd=1).attributes == {"iscrowd": True}
    assert annotation_of(bbox=[1, 2, 3, 4], iscrowd=0).attributes == {}


TURNED = {"rotation": 370.0}
RLE = {"size": [40, 60], "counts": [0, 5, 2395]}


@pytest.mark.parametrize(
    ("fields", "shape", "geometry"),
    [
        ({"bbox": [1, 2, 3, 4], "segmentation": []}, "box", {"box": [1, 2, 3, 4]}),
        ({"bbox": [1, 2, 3, 4], "attributes": TURNED}, "rotated_box", {"box": [1, 2, 3, 4], "angle": 370.0}),
        ({"bbox": [1, 2, 3, 4], "attributes": {"rotation": 0.0}}, "box", {"box": [1, 2, 3, 4]}),
        ({"bbox": [0] * 4, "segmentation": [[0, 0, 1, 0, 1, 1]]}, "polygon", {"rings": [[[0, 0], [1, 0], [1, 1]]]}),
        ({"segmentation": RLE}, "mask", RLE),
        ({"segmentation": {"size": [1, 17], "counts": "537O"}}, "mask", {"size": [1, 17], "counts": [5, 3, 7, 2]}),
        ({"keypoints": [1, 2, 2, 0, 0, 0], "bbox": [1, 1, 1, 1]}, "keypoints", {"points": [[1, 2, 2], [0, 0, 0]]}),
        ({"keypoints": [0, 0, 0], "bbox": [1, 1, 1, 1]}, "box", {"box": [1, 1, 1, 1]}),
        ({}, "tag", {}),
    ],
)  # fmt: skip
def test_annotations_of_other_tools_get_their_shape(fields, shape, geometry):
    found = annotation_of(**fields)
    assert (found.label_class, found.shape, found.geometry) == ("cat", shape, geometry)


def test_a_category_that_is_listed_twice_is_one():
    annotation = {"id": 1, "image_id": 5, "category_id": 7}
    rows, errors = read({"images": [PICTURE], "categories": CATEGORIES * 2, "annotations": [annotation]})
    assert (rows[-1].annotation.label_class, errors.count) == ("cat", 0)


def test_blanks_around_names_of_classes_of_other_tools_are_left_out():
    rows, _errors = read(
        {
            "images": [PICTURE],
            "categories": [{"id": 7, "name": " cat "}],
            "annotations": [{"image_id": 5, "category_id": 7}],
        }
    )
    assert rows[-1].annotation.label_class == "cat"


def test_several_parts_become_one_polygon_of_the_same_area():
    found = annotation_of(segmentation=[[0, 0, 10, 0, 10, 10, 0, 10], [20, 0, 20, 5, 25, 5, 25, 0]])
    (ring,) = found.geometry["rings"]
    assert abs(rings.signed_area(ring)) == 125


@pytest.mark.parametrize(
    ("fields", "column", "words"),
    [
        ({"category_id": 99}, "category_id", "99"),
        ({"category_id": None}, "category_id", "missing"),
        ({"category_id": 7.5}, "category_id", "whole number"),
        ({"image_id": 99}, "image_id", "“images” has no image with the id 99"),
        ({"image_id": [5]}, "image_id", "whole number"),
        ({"segmentation": [[1, 2, 3, 4, 5, 6, 7]]}, "segmentation[0]", "7 numbers"),
        ({"segmentation": [[1, 2, 3, 4]]}, "segmentation[0]", "4 numbers"),
        ({"segmentation": [[1, 2, 3, 4, 5, "6"]]}, "segmentation[0]", "list of numbers"),
        ({"segmentation": "abc"}, "segmentation", "list of polygons"),
        ({"segmentation": {"size": [1, 1], "counts": "é"}}, "segmentation.counts", "RLE"),
        ({"keypoints": [1, 2]}, "keypoints", "visibility"),
        ({"score": "high"}, "score", "number"),
        ({"attributes": [1]}, "attributes", "braces"),
        ({"attributes": {"a": "\0"}}, "attributes", "NUL"),
        ({"labelapp": 1}, "labelapp", "braces"),
        ({"labelapp": {"id": "x"}}, "labelapp.id", "UUID"),
        ({"labelapp": {"shape": "blob"}}, "labelapp.shape", "none of"),
        ({"labelapp": {"created_at": "yesterday"}}, "labelapp.created_at", "not a time"),
    ],
)
def test_a_wrong_annotation_is_named_by_its_place(fields, column, words):
    found, message = error_of(**fields)
    assert found == f"annotations[0].{column}"
    assert words in message


@pytest.mark.parametrize(
    ("image", "column"),
    [
        ({"id": 5}, "images[1].id"), ({"id": None}, "images[1].id"), ({"file_name": ""}, "images[1].file_name"),
        ({"file_name": 5}, "images[1].file_name"), ({"width": "wide"}, "images[1].width"),
        ({"labelapp": {"status": "done"}}, "images[1].labelapp.status"),
        ({"labelapp": {"group": "x" * 201}}, "images[1].labelapp.group"),
    ],
)  # fmt: skip
def test_a_wrong_image_is_named_by_its_place(image, column):
    other = PICTURE | {"id": 6, "file_name": "b.png"} | image
    _rows, errors = read({"images": [PICTURE, other], "categories": [], "annotations": []})
    assert [each.column for each in errors.first] == [column]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"images": [PICTURE], "annotations": []}, "“categories”"),
        ({"annotations": [], "categories": []}, "“images”"),
        ({"images": [], "annotations": [], "categories": []}, "no images"),
        ({"images": {}, "annotations": [], "categories": []}, "A list"),
        ({"annotations": [{"segments_info": [], "image_id": 1}]}, "panoptic"),
        ({"annotations": [{"caption": "A cat.", "image_id": 1}]}, "captions"),
        ('[{"image_id": 1, "bbox": []}]', "“{” is needed"),
        ('{"images": [{"id": 1, "width": NaN}]}', "NaN"),
        (
            {"images": [PICTURE], "categories": [CATEGORIES[0], {"id": 7, "name": "dog"}], "annotations": []},
            "“cat” has",
        ),
    ],
)
def test_a_file_that_is_no_use_is_refused_as_a_whole(content, words):
    with pytest.raises(UnreadableFile) as problem:
        read(content)
    assert words in problem.value.message.format(**problem.value.values)
