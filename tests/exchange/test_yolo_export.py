import io
import zipfile

import pytest
import yaml

from labelapp.projects.models import LabelClass, Project

pytestmark = pytest.mark.django_db


def test_labels_and_images_stand_by_split_under_the_same_names(owner, add_image, draw, export):
    project = Project.objects.start(owner, name="Boxes", kind="detection")
    LabelClass.objects.add(project, "zebra")
    draw(add_image("x/a.png", to=project, split="validation"), "ant", "box", {"box": [8.0, 6.0, 16.0, 12.0]})
    add_image("b.png", to=project)
    with zipfile.ZipFile(io.BytesIO(export(project, "yolo", with_images=True))) as archive:
        assert archive.namelist() == [
            "data.yaml", "labels/val/x/a.txt", "labels/train/b.txt", "images.csv", "images/val/x/a.png",
            "images/train/b.png",
        ]  # fmt: skip
        assert archive.read("labels/val/x/a.txt") == b"1 0.5 0.5 0.5 0.5\n"
        assert yaml.safe_load(archive.read("data.yaml"))["names"] == {0: "zebra", 1: "ant"}
        assert archive.read("images/val/x/a.png").startswith(b"\x89PNG")


@pytest.mark.parametrize(("format", "rows"), [("yolo", 1), ("yolo-segment", 1), ("yolo-obb", 1), ("yolo-pose", 0)])
def test_every_task_counts_what_it_will_write(project, owner, add_image, draw, export, as_, format, rows):
    image = add_image("a.png")
    draw(image), draw(image, "dog", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    url = f"/api/projects/{project.pk}/exports/estimate/"
    assert as_(owner).post(url, {"format": format}, format="json").json()["rows"] == rows
    export(project, format)
    assert as_(owner).get(f"/api/projects/{project.pk}/exports/").json()["results"][0]["rows"] == rows
