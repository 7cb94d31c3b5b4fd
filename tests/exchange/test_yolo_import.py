import io
import zipfile

import pytest

from labelapp.annotations import shapes
from labelapp.annotations.models import Annotation
from labelapp.projects.models import LabelClass, Project
from tests.formats.archives import tar_of, zip_of

pytestmark = pytest.mark.django_db

DATA = "names: [zebra, ant, bee]\n"
DRAWN = {
    "yolo": ("box", {"box": [8.5, 6.25, 16.1, 12.3]}),
    "yolo-segment": ("polygon", {"rings": [[[0, 0], [32, 0], [30.3, 20], [3, 7.7]]]}),
    "yolo-obb": ("rotated_box", {"box": [10, 8, 9, 5], "angle": 33.3}),
    "yolo-pose": ("keypoints", {"points": [[1.5, 2.5, 2], [0, 0, 0], [30, 20, 1]]}),
}


@pytest.fixture
def empty(owner, add_image):
    project = Project.objects.start(owner, name="Any", kind="any")
    add_image("set/a.png", to=project), add_image("set/b.jpg", to=project), add_image("c.d.png", to=project)
    return project


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_boxes_are_scaled_to_the_image_and_added_once(empty, dry_run, apply, pack):
    content = pack(
        {"data.yaml": DATA, "labels/train/a.txt": "1 0.5 0.5 0.5 0.25\n1 .1 .1 .1 .1 .9", "labels/val/c.d.txt": ""}
    )
    job = apply(dry_run(empty, content, name="yolo.zip"))
    assert (job.findings["format"], job.findings["images_matched"]) == ("yolo", 2)
    found = Annotation.objects.order_by("created_at")
    assert [each.geometry for each in found] == [
        {"box": [8, 9, 16, 6]}, {"box": pytest.approx([1.6, 1.2, 3.2, 2.4])},
    ]  # fmt: skip
    assert [each.score for each in found] == [None, 0.9]
    assert dict(empty.images.values_list("name", "split")) == {
        "set/a.png": "train",
        "set/b.jpg": "",
        "c.d.png": "validation",
    }
    assert dry_run(empty, content).findings["annotations"]["unchanged"] == 2


@pytest.mark.parametrize("format", DRAWN)
def test_an_export_that_comes_back_to_its_own_project_changes_nothing(empty, draw, export, dry_run, format):
    shape, geometry = DRAWN[format]
    images = list(empty.images.all())
    for place in range(30):
        moved = moved_by(geometry, place / 7)
        draw(images[place % 3], "ant", shape, shapes.normalise(shape, moved, 32, 24))
    job = dry_run(empty, export(empty, format))
    assert job.findings["annotations"] == {"added": 0, "updated": 0, "unchanged": 30, "removed": 0}


def moved_by(geometry, distance):
    """To the left, so that what comes back lies at either side of whole pixels."""
    if "box" in geometry:
        x, *rest = geometry["box"]
        turned = {"angle": 17.7 * distance} if "angle" in geometry else {}
        return {"box": [x - distance, *rest], **turned}
    if "rings" in geometry:
        return {"rings": [[[max(x - distance, 0), y] for x, y in ring] for ring in geometry["rings"]]}
    return {"points": [[max(x - distance, 0), y, seen] for x, y, seen in geometry["points"]]}


@pytest.mark.parametrize("format", DRAWN)
def test_an_export_into_an_empty_project_with_the_same_images_is_exported_the_same(
    empty, owner, draw, export, dry_run, apply, format
):
    shape, geometry = DRAWN[format]
    for image in empty.images.all():
        draw(image, "ant" if image.split else "bee", shape, shapes.normalise(shape, geometry, 32, 24))
    content = export(empty, format)
    Annotation.objects.all().delete()
    LabelClass.objects.filter(project=empty).delete()
    job = dry_run(empty, content)
    assert job.findings["error_count"] == 0, job.findings["errors"]
    assert job.findings["format"] == format
    apply(job)
    assert set(Annotation.objects.values_list("shape", flat=True)) == {shape}
    again = export(empty, format)
    assert again == content


def test_a_project_without_classes_gets_those_of_data_yaml_so_that_their_numbers_stay(empty, export, dry_run, apply):
    content = zip_of({"data.yaml": DATA, "labels/a.txt": "2 .5 .5 .1 .1"})
    apply(dry_run(empty, content))
    assert list(empty.classes.values_list("name", flat=True)) == ["zebra", "ant", "bee"]
    with zipfile.ZipFile(io.BytesIO(export(empty, "yolo"))) as archive:
        assert archive.read("labels/train/set/a.txt") == b"2 0.5 0.5 0.1 0.1\n"


@pytest.mark.parametrize(
    ("file", "line", "place"),
    [
        ({"labels/a.txt": "0 .5 .5 .1 .1\n9 .5 .5 .1 .1"}, 2, "class"),
        ({"labels/a.txt": "0 .5 .5 0 .1"}, 1, "coordinates"),
        ({"labels/a.txt": "0 .5 .5 NaN .1"}, 1, "coordinates"),
        ({"labels/a.txt": "0 .1 .1 .2 .2 .3 .3"}, 1, "coordinates"),
        ({"labels/a.txt": "0 7 7 .1 .1"}, 1, "coordinates"),
        ({"labels/zz.txt": "0 .5 .5 .1 .1\n0 .5 .5 .1 .1"}, 1, "image"),
    ],
)
def test_errors_name_the_file_in_the_archive_and_the_line(empty, dry_run, file, line, place):
    job = dry_run(empty, zip_of({"data.yaml": DATA} | file), name="mine.zip")
    (error,) = job.findings["errors"]
    assert (error["file"], error["line"], error["column"]) == (next(iter(file)), line, place)
    assert error["message"]
    assert not job.applicable


def test_two_images_that_a_name_may_mean_are_named(empty, add_image, dry_run, apply):
    add_image("other/a.jpg", to=empty)
    content = {"data.yaml": DATA, "labels/a.txt": "0 .5 .5 .1 .1"}
    (error,) = dry_run(empty, zip_of(content)).findings["errors"]
    assert "2 images are called “a”" in error["message"]
    apply(dry_run(empty, zip_of({"data.yaml": DATA, "labels/other/a.txt": "0 .5 .5 .1 .1"})))
    assert Annotation.objects.get().image.name == "other/a.jpg"


def test_images_that_are_not_there_can_be_passed_over(empty, dry_run, apply):
    content = {"data.yaml": DATA, "labels/a.txt": "0 .5 .5 .1 .1", "labels/zz.txt": "0 .5 .5 .1 .1"}
    job = apply(dry_run(empty, zip_of(content), skip_missing=True))
    assert (job.findings["missing"], Annotation.objects.count()) == (["zz"], 1)
