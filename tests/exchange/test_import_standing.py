"""Occluded, z-order and group in files."""

import csv
import io

import pytest

from labelapp.annotations.models import Annotation
from labelapp.projects.models import LabelClass, Project
from tests.exchange.test_coco_import import coco
from tests.exchange.test_voc_import import box, xml

pytestmark = pytest.mark.django_db
STANDING = {"occluded": True, "z_order": 3, "group": 9}
NEW = ("occluded", "z_order", "annotation_group")


@pytest.fixture
def boxes(owner, add_image):
    project = Project.objects.start(owner, name="Boxes", kind="detection")
    add_image("a.png", to=project)
    return project


@pytest.fixture
def stored(boxes, draw):
    return draw(boxes.images.get(), shape="box", geometry={"box": [1, 2, 3, 4]}, **STANDING)


def standing() -> list[tuple]:
    return list(Annotation.objects.order_by("created_at").values_list("occluded", "z_order", "group"))


def edited(content: bytes, change) -> str:
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    made = [change(row) for row in rows]
    out = io.StringIO()
    writer = csv.DictWriter(out, made[0])
    writer.writeheader()
    writer.writerows(made)
    return out.getvalue()


def test_a_complete_csv_from_before_these_columns_leaves_what_is_stored(boxes, stored, export, dry_run, apply):
    def old(row):
        return {name: value for name, value in row.items() if name not in NEW} | {"box_x": ""}

    job = apply(dry_run(boxes, edited(export(boxes), old)))
    assert job.findings["annotations"]["unchanged"] == 1
    assert standing() == [(True, 3, 9)]


def test_a_complete_csv_sets_them_with_and_without_ids(boxes, stored, export, dry_run, apply):
    content = export(boxes)
    plain = {"occluded": "false", "z_order": "0", "annotation_group": ""}
    apply(dry_run(boxes, edited(content, lambda row: row | plain)))
    assert standing() == [(False, 0, None)]
    apply(dry_run(boxes, edited(content, lambda row: row | {"annotation_id": ""})))
    assert standing() == [(True, 3, 9)]


@pytest.mark.parametrize(("column", "value"), [("occluded", "maybe"), ("z_order", "1.5"), ("annotation_group", "-4")])
def test_a_bad_cell_is_named_by_line_and_column(boxes, stored, export, dry_run, column, value):
    job = dry_run(boxes, edited(export(boxes), lambda row: row | {column: value}))
    (error,) = job.findings["errors"]
    assert (error["line"], error["column"]) == (2, column)


def test_coco_of_ours_restores_them_and_that_of_cvat_says_occluded(boxes, stored, export, dry_run, apply):
    content = export(boxes, "coco")
    Annotation.objects.update(occluded=False, z_order=0, group=None)
    apply(dry_run(boxes, content))
    assert standing() == [(True, 3, 9)]
    Annotation.objects.all().delete()
    LabelClass.objects.filter(name="dog").delete()
    shapes = [{"bbox": [1, 2, 3, 4], "attributes": {"occluded": flag}} for flag in (True, False)]
    apply(dry_run(boxes, coco(*shapes)))
    assert standing() == [(True, 0, None), (False, 0, None)]
    assert list(Annotation.objects.values_list("attributes", flat=True)) == [{}, {}]


def test_voc_has_an_element_for_occluded(boxes, stored, export, dry_run, apply):
    content = export(boxes, "voc")
    Annotation.objects.all().delete()
    apply(dry_run(boxes, content))
    assert standing() == [(True, 0, None)]
    again = box("cat", (5, 5, 9, 9), more="<occluded>1</occluded>")
    apply(dry_run(boxes, xml(again), name="a.xml"))
    assert standing()[-1] == (True, 0, None)
    assert Annotation.objects.last().attributes == {}
