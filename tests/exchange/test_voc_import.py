import pytest

from labelapp.annotations.models import Annotation
from labelapp.projects.models import LabelClass, Project
from tests.exchange.test_import import everything  # noqa: F401
from tests.formats.archives import tar_of, zip_of

pytestmark = pytest.mark.django_db

HEAD = "<annotation>\n<filename>{name}</filename><size><width>{width}</width><height>24</height></size>"


def xml(*objects: str, name: str = "a.png", width: int = 32) -> str:
    return HEAD.format(name=name, width=width) + "".join(objects) + "\n</annotation>"


def box(name: str = "cat", edges: tuple = (1, 2, 4, 6), more: str = "") -> str:
    values = zip(("xmin", "ymin", "xmax", "ymax"), edges, strict=True)
    inside = "".join(f"<{edge}>{value}</{edge}>" for edge, value in values)
    return f"\n<object><name>{name}</name>{more}<bndbox>{inside}</bndbox></object>"


@pytest.fixture
def boxes(owner, add_image):
    project = Project.objects.start(owner, name="Boxes", kind="detection")
    add_image("a.png", to=project), add_image("b.png", to=project)
    return project


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_boxes_are_added_once_however_often_the_archive_is_imported(boxes, dry_run, apply, pack):
    content = pack({"A/a.xml": xml(box(), box("dog", (5, 5, 6, 7))), "A/b.xml": xml(box(), name="b.png")})
    job = apply(dry_run(boxes, content, name="voc.zip"))
    assert (job.findings["format"], job.findings["images_matched"]) == ("voc", 2)
    assert sorted(each.geometry["box"] for each in Annotation.objects.all()) == [
        [1, 2, 3, 4],
        [1, 2, 3, 4],
        [5, 5, 1, 2],
    ]
    assert set(Annotation.objects.values_list("source", flat=True)) == {"file"}
    again = dry_run(boxes, content)
    assert again.findings["annotations"] == {"added": 0, "updated": 0, "unchanged": 3, "removed": 0}


def test_two_objects_on_one_line_are_two_annotations(boxes, dry_run, apply):
    line = "".join(each.strip() for each in (box(), box("cat", (5, 5, 6, 7))))
    apply(dry_run(boxes, xml(line), name="a.xml"))
    assert Annotation.objects.count() == 2


def test_what_was_imported_from_an_export_is_exported_the_same(
    everything, owner, export, dry_run, apply, draw  # noqa: F811
):  # fmt: skip
    content = export(everything, "voc")
    images = list(everything.images.order_by("pk"))
    copy = Project.objects.start(owner, name="Copy", kind="any")
    Annotation.objects.all().delete()
    for image in images:
        image.project, image.split = copy, ""
        image.save()
    job = dry_run(copy, content)
    assert job.findings["error_count"] == 0, job.findings["errors"]
    apply(job)
    assert set(Annotation.objects.values_list("shape", flat=True)) == {"box"}
    again = export(copy, "voc")
    assert again == content


def test_flags_are_kept_where_the_class_has_them(boxes, dry_run, apply):
    LabelClass.objects.add(boxes, "dog", attributes=[{"name": "truncated", "type": "checkbox"}])
    LabelClass.objects.add(boxes, "cow", attributes=[{"name": "colour", "type": "text"}])
    flags = "<pose>Left</pose><truncated>0</truncated><difficult>1</difficult>"
    apply(dry_run(boxes, xml(box("cat", more=flags), box("dog", more=flags), box("cow", more=flags)), name="a.xml"))
    found = dict(Annotation.objects.values_list("label_class__name", "attributes"))
    assert found == {"cat": {"pose": "Left", "difficult": True}, "dog": {"truncated": False}, "cow": {}}


def test_the_lists_of_image_sets_set_the_split(boxes, dry_run, apply):
    files = {"Annotations/a.xml": xml(box()), "ImageSets/Main/val.txt": "a\n", "Annotations/b.xml": xml(name="b.png")}
    apply(dry_run(boxes, zip_of(files)))
    assert dict(boxes.images.values_list("name", "split")) == {"a.png": "validation", "b.png": ""}


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (xml(box(edges=(40, 2, 44, 6))), 3, "object[1].bndbox"),
        (xml(box(), box(edges=(4, 2, 4, 6))), 4, "object[2].bndbox.xmax"),
        (xml(box(edges=("NaN", 2, 4, 6))), 3, "object[1].bndbox.xmin"),
        (xml(box("x" * 201)), 3, "object[1].name"),
        (xml(box(), box(), name="c.png"), 1, "filename"),
        (xml(box(), box(), width=33), 1, "width"),
        (xml("\n<object>"), 4, ""),
        ('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "b">]><annotation/>', 2, ""),
    ],
)
def test_errors_name_the_file_in_the_archive_its_line_and_the_place(boxes, dry_run, content, line, column):
    job = dry_run(boxes, zip_of({"good.xml": xml(box()), "set/bad.xml": content}), name="mine.zip")
    (error,) = job.findings["errors"]
    assert (error["file"], error["line"], error["column"]) == ("set/bad.xml", line, column)
    assert error["message"]
    assert not job.applicable


def test_an_archive_over_the_limits_is_refused_as_a_whole(boxes, dry_run, settings):
    settings.MAX_ZIP_FILES = 2
    job = dry_run(boxes, zip_of(dict.fromkeys(("a.xml", "b.xml", "c.xml"), xml(box()))), name="mine.zip")
    (error,) = job.findings["errors"]
    assert (error["file"], "more than 2 files" in error["message"]) == ("mine.zip", True)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"labels.csv": "x", "images/a.png": "x"}, "Unpack the archive and import the file “labels.csv”"),
        ({"[Content_Types].xml": "<a/>"}, "spreadsheet"),
        ({"a.png": "x"}, "no labels that are known"),
    ],
)
def test_other_archives_are_refused_with_what_to_do(boxes, dry_run, files, words):
    (error,) = dry_run(boxes, zip_of(files), name="mine.zip").findings["errors"]
    assert words in error["message"]
