import io
import zipfile

import pytest

from labelapp.exchange.models import Export

pytestmark = pytest.mark.django_db


def names_of(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def test_every_image_has_an_xml_file_and_a_place_in_the_list_of_its_split(project, add_image, draw, export):
    draw(add_image("x/a.png", split="train"), "cat", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    add_image("b.png")
    assert names_of(export(project, "voc")) == [
        "Annotations/x/a.xml", "Annotations/b.xml", "ImageSets/Main/default.txt", "ImageSets/Main/train.txt",
        "ImageSets/Main/trainval.txt",
    ]  # fmt: skip


def test_images_go_along_under_the_names_in_the_xml(project, add_image, draw, export):
    draw(add_image("../a.png"), "cat", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    with zipfile.ZipFile(io.BytesIO(export(project, "voc", with_images=True))) as archive:
        assert archive.namelist()[-1] == "JPEGImages/a.png"
        assert archive.read("JPEGImages/a.png").startswith(b"\x89PNG")
        assert archive.testzip() is None
        assert b"<filename>a.png</filename>" in archive.read("Annotations/a.xml")


def test_images_whose_names_differ_in_case_or_suffix_only_keep_files_of_their_own(project, add_image, export):
    for name in ("a.png", "A.png", "a.jpg"):
        add_image(name)
    names = names_of(export(project, "voc"))
    assert names[:3] == ["Annotations/a.xml", "Annotations/A (2).xml", "Annotations/a (3).xml"]


def test_the_same_labels_make_the_same_file(project, add_image, draw, export):
    draw(add_image("a.png"), "cat", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    assert export(project, "voc") == export(project, "voc")


def test_it_is_a_zip_that_counts_its_objects(project, owner, add_image, draw, as_):
    image = add_image("a.png")
    draw(image), draw(image, "dog", "box", {"box": [1.0, 2.0, 3.0, 4.0]})
    estimate = as_(owner).post(f"/api/projects/{project.pk}/exports/estimate/", {"format": "voc"}, format="json").json()
    job = Export.objects.start(project, owner, format="voc")
    job.perform()
    assert (job.file_name, job.rows, estimate["rows"]) == (f"Signs-voc-{job.pk}.zip", 1, 1)
    assert as_(owner).get(as_(owner).get(f"/api/exports/{job.pk}/").json()["file"])["Content-Type"] == "application/zip"
