import json

import pytest

from labelapp.annotations.models import Annotation
from labelapp.projects.models import LabelClass, Project
from tests.exchange.test_import import everything  # noqa: F401

pytestmark = pytest.mark.django_db

PICTURE = {"id": 1, "file_name": "a.png", "width": 32, "height": 24}


def coco(*annotations: dict, names: tuple[str, ...] = ("cat", "dog"), images: tuple[dict, ...] = (PICTURE,)) -> str:
    return json.dumps({
        "images": images,
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1} | each for each in annotations],
        "categories": [{"id": number, "name": name} for number, name in enumerate(names, 1)],
    })  # fmt: skip


@pytest.fixture
def boxes(owner, add_image):
    project = Project.objects.start(owner, name="Boxes", kind="detection")
    add_image("a.png", to=project)
    return project


def test_an_export_restores_exactly_the_same_labels(everything, export, dry_run, apply, labels):  # noqa: F811
    before, content = labels(everything), export(everything, "coco")
    same = dry_run(everything, content)
    assert same.findings["format"] == "coco"
    assert same.findings["annotations"] == {
        "added": 0, "updated": 0, "unchanged": Annotation.objects.count(), "removed": 0,
    }  # fmt: skip
    Annotation.objects.filter(pk__in=[each.pk for each in Annotation.objects.all()[:20]]).delete()
    Annotation.objects.filter(pk__in=[each.pk for each in Annotation.objects.all()[:20]]).update(score=0.5)
    job = dry_run(everything, content)
    assert job.findings["error_count"] == 0
    assert (job.findings["annotations"]["added"], job.findings["annotations"]["updated"]) == (20, 20)
    apply(job)
    assert labels(everything) == before
    assert export(everything, "coco") == content


def test_an_export_into_an_empty_project_with_the_same_images_is_exported_the_same(
    everything, owner, annotator, export, dry_run, apply  # noqa: F811
):  # fmt: skip
    content = export(everything, "coco")
    images = list(everything.images.order_by("pk"))
    used = set(Annotation.objects.values_list("label_class", flat=True))
    assert used == set(everything.classes.values_list("pk", flat=True))
    copy = Project.objects.start(owner, name="Copy", kind="any")
    copy.memberships.create(user=annotator, role="annotator")
    Annotation.objects.all().delete()
    for image in images:
        image.project, image.status, image.split, image.group = copy, "new", "", ""
        image.save()
    apply(dry_run(copy, content))
    assert export(copy, "coco") == content


def test_annotations_of_other_tools_are_added_once_however_often_they_are_imported(boxes, dry_run, apply):
    content = coco({"bbox": [1, 2, 3, 4], "segmentation": [], "iscrowd": 0}, {"bbox": [5, 5, 6, 6], "category_id": 2})
    apply(dry_run(boxes, content))
    found = [(each.label_class.name, each.source, each.geometry) for each in Annotation.objects.order_by("created_at")]
    assert sorted(found) == [("cat", "file", {"box": [1, 2, 3, 4]}), ("dog", "file", {"box": [5, 5, 6, 6]})]
    again = dry_run(boxes, content)
    assert again.findings["annotations"] == {"added": 0, "updated": 0, "unchanged": 2, "removed": 0}


def test_a_project_without_classes_takes_over_the_list_of_the_file(boxes, dry_run, apply):
    content = coco({"bbox": [1, 2, 3, 4], "category_id": 3}, {"bbox": [1, 2, 3, 4]}, names=("b", "c", "a"))
    job = apply(dry_run(boxes, content))
    assert list(boxes.classes.values_list("name", flat=True)) == ["b", "c", "a"]
    assert job.findings["classes_new"] == ["b", "c", "a"]


def test_other_projects_get_only_the_classes_that_are_used_in_the_order_of_the_file(boxes, dry_run, apply):
    LabelClass.objects.add(boxes, "z")
    content = coco({"bbox": [1, 2, 3, 4], "category_id": 3}, {"bbox": [1, 2, 3, 4]}, names=("b", "c", "a"))
    job = apply(dry_run(boxes, content))
    assert list(boxes.classes.values_list("name", flat=True)) == ["z", "b", "a"]
    assert job.findings["classes_new"] == ["b", "a"]


def test_flags_are_kept_where_the_class_has_them_and_other_attributes_are_errors(boxes, dry_run, apply):
    LabelClass.objects.add(boxes, "cat", attributes=[{"name": "occluded", "type": "checkbox"}])
    LabelClass.objects.add(boxes, "dog", attributes=[{"name": "colour", "type": "text"}])
    flags = {"attributes": {"occluded": False, "rotation": 0.0}, "bbox": [1, 2, 3, 4]}
    apply(dry_run(boxes, coco(flags, flags | {"category_id": 2})))
    assert list(Annotation.objects.order_by("label_class").values_list("attributes", flat=True)) == [
        {"occluded": False}, {},
    ]  # fmt: skip
    (error,) = dry_run(boxes, coco(flags | {"attributes": {"size": 5}})).findings["errors"]
    assert error["column"] == "annotations[0].attributes"


@pytest.mark.parametrize(
    ("annotation", "column"),
    [
        ({"bbox": [40, 30, 5, 5]}, "annotations[1].bbox"),
        ({"bbox": [1, 2, 0, 5]}, "annotations[1].bbox"),
        ({"bbox": [1, 2, 3]}, "annotations[1].bbox"),
        ({"bbox": [1, 2, 3, "4"]}, "annotations[1].bbox"),
        ({"segmentation": [[1, 1, 2, 2, 3, 3]]}, "annotations[1].segmentation"),
        ({"segmentation": {"size": [32, 24], "counts": [1, 767]}}, "annotations[1].segmentation"),
        ({"segmentation": {"size": [24, 32], "counts": [1, 7]}}, "annotations[1].segmentation"),
        ({"segmentation": [[1, 1, 2, 2, 3]]}, "annotations[1].segmentation[0]"),
        ({"keypoints": [50, 1, 2]}, "annotations[1].keypoints"),
        ({"bbox": [1, 2, 3, 4], "score": 7}, "annotations[1].score"),
        ({"bbox": [1, 2, 3, 4], "category_id": 9}, "annotations[1].category_id"),
        ({"bbox": [1, 2, 3, 4], "image_id": 9}, "annotations[1].image_id"),
        ({"bbox": [1, 2, 3, 4], "category_id": 2, "labelapp": {"shape": "blob"}}, "annotations[1].labelapp.shape"),
    ],
)
def test_wrong_annotations_are_named_by_line_and_place(boxes, dry_run, annotation, column):
    content = coco({"bbox": [1, 2, 3, 4]}, annotation).replace('"annotations": [', '"annotations": [\n')
    job = dry_run(boxes, content, name="mine.json")
    (error,) = job.findings["errors"]
    assert (error["file"], error["line"], error["column"]) == ("mine.json", 2, column)
    assert error["message"]
    assert not job.applicable


def test_an_image_that_is_not_there_or_has_another_size_is_named_once(boxes, dry_run, apply):
    missing, turned = PICTURE | {"id": 2, "file_name": "b.png"}, PICTURE | {"id": 1, "width": 24, "height": 32}
    box = {"bbox": [1, 2, 3, 4]}
    job = dry_run(boxes, coco(box, box, box | {"image_id": 2}, box | {"image_id": 2}, images=(turned, missing)))
    assert [each["column"] for each in job.findings["errors"]] == ["images[0].width", "images[1].file_name"]
    assert (job.findings["images_missing"], job.findings["missing"]) == (1, ["b.png"])
    lenient = dry_run(boxes, coco(box, box | {"image_id": 2}, images=(PICTURE, missing)), skip_missing=True)
    assert (lenient.findings["error_count"], lenient.findings["images_missing"]) == (0, 1)
    apply(lenient)
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('{"images": [\n{"id": 1,}]}', 2, "no JSON"),
        ('{"images": [\n{"id": 1, "width":\n NaN}]}', 3, "NaN"),
        ('{"images": [],\n"annotations": []}', 1, "“categories”"),
        ('{"images": [', 1, "cut off"),
        ("[1, 2]", 1, "“{” is needed"),
    ],
)
def test_what_is_no_coco_is_refused_with_its_line(boxes, dry_run, content, line, words):
    (error,) = dry_run(boxes, content, name="mine.json").findings["errors"]
    assert (error["file"], error["line"]) == ("mine.json", line)
    assert words in error["message"]


def test_only_an_owner_makes_classes_and_only_a_reviewer_approves(boxes, annotator, dry_run):
    boxes.memberships.create(user=annotator, role="annotator")
    job = dry_run(boxes, coco({"bbox": [1, 2, 3, 4]}), user=annotator)
    assert [each["column"] for each in job.findings["errors"]] == ["annotations[0].category_id"]
    approved = PICTURE | {"labelapp": {"status": "approved"}}
    job = dry_run(boxes, coco(images=(approved,)), user=annotator)
    assert [each["column"] for each in job.findings["errors"]] == ["images[0].image_status"]
