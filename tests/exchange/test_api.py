import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from labelapp.exchange.models import Export, Import

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(project, owner, add_image, draw):
    draw(add_image("a.png"))
    job = Export.objects.start(project, owner, format="csv")
    job.perform()
    return job


def post_file(client, project, content=b"filename,class\na.png,cat\n", **form):
    form = {"file": SimpleUploadedFile("labels.csv", content)} | form
    return client.post(f"/api/projects/{project.pk}/imports/", form, format="multipart")


def test_an_export_is_queued_and_then_has_a_link(project, owner, as_, add_image, draw):
    draw(add_image("a.png"))
    client = as_(owner)
    answer = client.post(f"/api/projects/{project.pk}/exports/", {"format": "csv"}, format="json")
    assert answer.status_code == 202
    body = answer.json()
    assert (body["status"], body["progress"], body["error"], body["file"]) == ("queued", 0.0, "", None)
    Export.objects.get(pk=body["id"]).perform()
    body = client.get(f"/api/exports/{body['id']}/").json()
    assert body["status"] == "completed"
    response = client.get(body["file"])
    assert response.status_code == 200
    content = b"".join(response)
    assert content.startswith(b"image_id,filename")
    assert response["Content-Length"] == str(len(content)) == str(body["size_bytes"])
    assert response["Content-Disposition"] == f'attachment; filename="{body["file_name"]}"'
    listed = client.get(f"/api/projects/{project.pk}/exports/").json()
    assert [each["id"] for each in listed["results"]] == [body["id"]]


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-9", 206, (0, 10)),
        ("bytes=10-", 206, (10, None)),
        ("bytes=-5", 206, (-5, None)),
        ("bytes=99999-", 416, None),
        ("lines=1-2", 200, (0, None)),
        ("bytes=0-1,4-5", 200, (0, None)),
    ],
)
def test_a_download_goes_on_where_it_stopped(exported, owner, as_, asked, status, span):
    client = as_(owner)
    link = client.get(f"/api/exports/{exported.pk}/").json()["file"]
    whole = b"".join(client.get(link))
    response = client.get(link, headers={"Range": asked})
    assert response.status_code == status
    if span:
        assert b"".join(response) == whole[slice(*span)]
    else:
        assert response["Content-Range"] == f"bytes */{len(whole)}"


def test_a_range_of_another_file_gives_the_whole(exported, owner, as_):
    client = as_(owner)
    link = client.get(f"/api/exports/{exported.pk}/").json()["file"]
    headers = {"Range": "bytes=0-3", "If-Range": '"other"'}
    assert client.get(link, headers=headers).status_code == 200
    headers["If-Range"] = client.get(link)["ETag"]
    assert client.get(link, headers=headers).status_code == 206


def test_a_link_is_for_one_person_one_export_and_a_while(exported, project, owner, viewer, stranger, as_, settings):
    link = as_(owner).get(f"/api/exports/{exported.pk}/").json()["file"]
    assert as_(stranger).get(link).status_code == 404
    assert as_(viewer).get(link).status_code == 403
    assert as_(None).get(link).status_code == 401
    own = as_(viewer).get(f"/api/exports/{exported.pk}/").json()["file"]
    assert as_(viewer).get(own).status_code == 200
    altered = as_(owner).get(link[:-3] + "abc")
    assert altered.status_code == 403
    assert "not valid" in altered.json()["error"]["message"]
    other = Export.objects.create(project=project, created_by=owner, format="csv", status="completed", file="x")
    assert as_(owner).get(link.replace(f"/{exported.pk}/", f"/{other.pk}/")).status_code == 403
    settings.EXPORT_LINK_SECONDS = -1
    expired = as_(owner).get(link)
    assert expired.status_code == 403
    assert "expired" in expired.json()["error"]["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "format"),
        ({"format": "xlsx"}, "format"),
        ({"format": "csv", "filters": {"moon": 1}}, "filters"),
        ({"format": "csv", "with_images": "perhaps"}, "with_images"),
    ],
)
def test_bad_choices_of_an_export_name_their_field(project, owner, as_, body, field):
    for url in ("exports", "exports/estimate"):
        answer = as_(owner).post(f"/api/projects/{project.pk}/{url}/", body, format="json")
        assert answer.status_code == 400
        assert field in answer.json()["error"]["fields"]


def test_the_estimate_is_near(project, owner, as_, exported):
    url = f"/api/projects/{project.pk}/exports/estimate/"
    body = as_(owner).post(url, {"format": "csv"}, format="json").json()
    assert (body["images"], body["rows"]) == (1, 1)
    with_images = as_(owner).post(url, {"format": "csv", "with_images": True}, format="json").json()
    assert with_images["size_bytes"] > body["size_bytes"] > 0


def test_viewers_export_and_delete_their_own(
    exported, project, viewer, stranger, as_, django_capture_on_commit_callbacks
):
    client = as_(viewer)
    answer = client.post(f"/api/projects/{project.pk}/exports/", {"format": "csv-boxes"}, format="json")
    assert answer.status_code == 202
    own = answer.json()["id"]
    assert client.post(f"/api/exports/{own}/cancel/").json()["status"] == "cancelled"
    assert client.post(f"/api/exports/{own}/retry/").json()["status"] == "queued"
    assert client.delete(f"/api/exports/{own}/").status_code == 204
    assert client.delete(f"/api/exports/{exported.pk}/").status_code == 403
    for url in (f"/api/exports/{exported.pk}/", f"/api/projects/{project.pk}/exports/"):
        assert as_(stranger).get(url).status_code == 404
    assert as_(stranger).post(f"/api/projects/{project.pk}/exports/", {"format": "csv"}).status_code in (404, 415)
    assert client.put(f"/api/exports/{exported.pk}/", {}, format="json").status_code == 405


def test_deleting_an_export_deletes_its_file(exported, owner, as_, django_capture_on_commit_callbacks):
    name = exported.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert as_(owner).delete(f"/api/exports/{exported.pk}/").status_code == 204
    assert not default_storage.exists(name)


def test_an_import_is_a_dry_run_unless_asked_otherwise(project, owner, as_, add_image):
    add_image("a.png")
    client = as_(owner)
    answer = post_file(client, project)
    assert answer.status_code == 202
    body = answer.json()
    assert (body["status"], body["dry_run"], body["report"], body["name"]) == ("queued", True, {}, "labels.csv")
    assert client.post(f"/api/imports/{body['id']}/apply/").status_code == 409
    Import.objects.get(pk=body["id"]).perform()
    body = client.get(f"/api/imports/{body['id']}/").json()
    assert body["applicable"]
    assert body["report"]["images_matched"] == 1
    assert client.post(f"/api/imports/{body['id']}/apply/").status_code == 202
    assert post_file(client, project, dry_run="false").json()["dry_run"] is False


@pytest.mark.parametrize(
    ("form", "field"), [({"file": ""}, "file"), ({"format": "pdf"}, "format"), ({"dry_run": "perhaps"}, "dry_run")]
)
def test_bad_choices_of_an_import_name_their_field(project, owner, as_, form, field):
    answer = post_file(as_(owner), project, **form)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]


def test_empty_large_and_other_bodies_are_refused(project, owner, as_, settings):
    client = as_(owner)
    assert "empty" in post_file(client, project, b"").json()["error"]["message"]
    settings.MAX_CSV_BYTES = 10
    assert post_file(client, project).status_code == 413
    assert client.post(f"/api/projects/{project.pk}/imports/", {}, format="json").status_code == 415


def test_who_may_import(project, viewer, annotator, stranger, as_):
    assert post_file(as_(viewer), project).status_code == 403
    assert post_file(as_(stranger), project).status_code == 404
    assert post_file(as_(None), project).status_code == 401
    job = post_file(as_(annotator), project).json()["id"]
    assert as_(stranger).get(f"/api/imports/{job}/").status_code == 404
    assert as_(viewer).post(f"/api/imports/{job}/apply/").status_code == 403
    assert as_(viewer).get(f"/api/imports/{job}/").status_code == 200
    assert as_(annotator).delete(f"/api/imports/{job}/").status_code == 409
    assert as_(annotator).post(f"/api/imports/{job}/cancel/").status_code == 200
    assert as_(annotator).delete(f"/api/imports/{job}/").status_code == 204


def test_the_formats_are_listed(owner, as_):
    formats = as_(owner).get("/api/formats/").json()["results"]
    assert [each["name"] for each in formats] == [
        "csv", "csv-classification", "csv-boxes", "coco", "voc", "yolo", "yolo-segment", "yolo-obb", "yolo-pose",
        "masks",
    ]  # fmt: skip
    assert all(each["title"] and each["description"] for each in formats)
    assert as_(None).get("/api/formats/").status_code == 401
