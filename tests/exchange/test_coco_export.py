import io
import json
import zipfile

import pytest

from labelapp.exchange.models import Export
from labelapp.projects.models import LabelClass

pytestmark = pytest.mark.django_db


def test_categories_are_the_projects_classes_in_its_order(project, add_image, draw, export):
    LabelClass.objects.add(project, "zebra")
    draw(add_image("a.png"), "ant", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    data = json.loads(export(project, "coco"))
    assert [(each["id"], each["name"]) for each in data["categories"]] == [(1, "zebra"), (2, "ant")]
    assert [each["category_id"] for each in data["annotations"]] == [2]


def test_images_without_labels_are_listed_and_tags_stand_with_their_image(project, add_image, draw, export):
    draw(add_image("a.png"), "cat")
    add_image("b.png")
    data = json.loads(export(project, "coco"))
    assert [(each["file_name"], len(each["labelapp"].get("tags", []))) for each in data["images"]] == [
        ("a.png", 1), ("b.png", 0),
    ]  # fmt: skip
    assert data["annotations"] == []


def test_file_names_lead_into_the_zip(project, add_image, draw, export):
    draw(add_image("x/a.png"), "cat", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    with zipfile.ZipFile(io.BytesIO(export(project, "coco", with_images=True))) as archive:
        (image,) = json.loads(archive.read("labels.json"))["images"]
        assert image["file_name"] == "images/x/a.png"
        assert archive.read(image["file_name"]).startswith(b"\x89PNG")


def test_the_file_is_called_json_and_counts_its_annotations(project, owner, add_image, draw, as_):
    image = add_image("a.png")
    draw(image), draw(image, "dog", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    estimate = (
        as_(owner).post(f"/api/projects/{project.pk}/exports/estimate/", {"format": "coco"}, format="json").json()
    )
    job = Export.objects.start(project, owner, format="coco")
    job.perform()
    assert (job.file_name, job.rows, estimate["rows"]) == (f"Signs-coco-{job.pk}.json", 2, 2)
    link = as_(owner).get(f"/api/exports/{job.pk}/").json()["file"]
    answer = as_(owner).get(link)
    assert answer["Content-Type"] == "application/json"
    assert len(json.loads(b"".join(answer))["annotations"]) == 1
