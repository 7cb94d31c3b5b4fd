import csv
import io
import zipfile

import pytest
from django.core.files.storage import default_storage

from labelapp.annotations.models import Review
from labelapp.exchange.models import Export

pytestmark = pytest.mark.django_db


def table(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_one_row_per_annotation_and_one_for_an_image_without(project, owner, reviewer, add_image, draw, export):
    first, _second = add_image("a/b.png", split="test", group="scene 1", status="approved"), add_image("c.png")
    draw(first, "cat", "box", {"box": [1.0, 2.0, 3.5, 4.0]}, score=0.1 + 0.2, source="auto")
    draw(first, "=dog")
    Review.objects.create(image=first, revision=0, verdict="approved", author=reviewer)
    rows = table(export(project))
    assert [(row["filename"], row["class"], row["shape"]) for row in rows] == [
        ("a/b.png", "cat", "box"), ("a/b.png", "'=dog", "tag"), ("c.png", "", ""),
    ]  # fmt: skip
    box = rows[0]
    assert (box["split"], box["group"], box["image_status"]) == ("test", "scene 1", "approved")
    assert (box["author"], box["reviewed_by"]) == ("owner", "reviewer")
    assert (box["score"], box["source"]) == ("0.30000000000000004", "auto")
    assert box["created_at"] == "2026-03-01T12:30:15.123456+00:00"
    assert (box["box_x"], box["box_w"], box["norm_w"]) == ("1", "3.5", "0.109375")


def test_each_attribute_has_a_column(project, add_image, draw, export):
    image = add_image("a.png")
    annotation = draw(image, "car", attributes={"colour": "=red", "doors": 4, "else": [1]})
    annotation.label_class.attributes = [{"name": "colour", "type": "text"}, {"name": "doors", "type": "number"}]
    annotation.label_class.save()
    (row,) = table(export(project))
    assert (row["attribute:colour"], row["attribute:doors"], row["other_attributes"]) == ("'=red", "4", '{"else":[1]}')


def test_filters_choose_images_and_trash_is_left_out(project, add_image, draw, export):
    from django.utils import timezone

    kept = add_image("kept.png", status="labelled")
    add_image("new.png")
    add_image("gone.png", status="labelled", trashed_at=timezone.now())
    draw(kept)
    assert [row["filename"] for row in table(export(project, filters={"status": ["labelled"]}))] == ["kept.png"]
    assert len(table(export(project))) == 2


def test_many_images_and_annotations_come_in_order(project, owner, add_image, draw, export):
    from labelapp.images.models import Image

    images = [
        Image(project=project, name=f"{n}.png", sha256=f"{n:064x}", format="PNG", size_bytes=1, width=9, height=9,
              created_by=owner)
        for n in range(1203)
    ]  # fmt: skip
    Image.objects.bulk_create(images)
    for image in Image.objects.order_by("pk")[499:502]:
        draw(image), draw(image, "dog")
    rows = table(export(project))
    assert len(rows) == 1203 + 3
    assert [row["filename"] for row in rows if row["class"] == "dog"] == ["499.png", "500.png", "501.png"]
    assert [int(row["image_id"]) for row in rows] == sorted(int(row["image_id"]) for row in rows)


def test_images_go_into_a_zip_under_safe_names(project, add_image, draw, export):
    names = ["a.png", "A.png", "../../etc/evil.png", "/abs/x.png", "C:\\win\\y.png", "..", "folder/a.png"]
    for name in names:
        draw(add_image(name))
    content = export(project, with_images=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows = table(archive.read("labels.csv"))
        files = [each for each in archive.namelist() if each != "labels.csv"]
        assert [row["file"] for row in rows] == files
        assert [row["filename"] for row in rows] == names
        assert files[:5] == [
            "images/a.png", "images/A (2).png", "images/etc/evil.png", "images/abs/x.png", "images/C_/win/y.png",
        ]  # fmt: skip
        assert len({each.lower() for each in files}) == len(names)
        assert archive.read(files[0]).startswith(b"\x89PNG")
        assert archive.getinfo(files[0]).compress_type == zipfile.ZIP_STORED


def test_the_variants_name_the_files_of_the_zip(project, add_image, draw, export):
    draw(add_image("x.png")), draw(add_image("X.png"))
    with zipfile.ZipFile(io.BytesIO(export(project, "csv-classification", with_images=True))) as archive:
        assert [row["filename"] for row in table(archive.read("labels.csv"))] == ["images/x.png", "images/X (2).png"]


def test_the_row_says_how_much_there_is(project, owner, add_image, draw):
    draw(add_image("a.png"))
    job = Export.objects.start(project, owner, format="csv")
    job.perform()
    assert (job.status, job.progress, job.rows, job.images) == ("completed", 1.0, 1, 1)
    assert job.size_bytes == default_storage.size(job.file.name)
    assert job.file_name == f"Signs-csv-{job.pk}.csv"


def test_nothing_to_export_is_said(project, owner):
    job = Export.objects.start(project, owner, format="csv")
    job.perform()
    assert job.status == "failed"
    assert "nothing to export" in job.error


def test_a_cancelled_export_leaves_no_file(project, owner, add_image, monkeypatch):
    add_image("a.png")
    job = Export.objects.start(project, owner, format="csv")
    report = job.report
    monkeypatch.setattr(job, "report", lambda *args, **fields: (job.cancel(), report(*args, **fields)))
    job.perform()
    assert Export.objects.get().status == "cancelled"
    assert not Export.objects.get().file
    assert default_storage.listdir(f"exports/{job.pk}")[1] == []


def test_a_missing_original_fails_with_a_reason_and_leaves_no_file(project, owner, add_image):
    image = add_image("a.png")
    default_storage.delete(f"originals/{image.sha256[:2]}/{image.sha256}")
    job = Export.objects.start(project, owner, format="csv", with_images=True)
    job.perform()
    assert job.status == "failed"
    assert "a.png" in job.error
