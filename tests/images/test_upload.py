import io
import stat
import zipfile

import pytest

from labelapp.annotations.models import Annotation, Archive, Revision
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass


def zipped(members: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.fixture(autouse=True)
def no_waiting(settings):
    settings.ARCHIVE_WAIT_SECONDS = 0


def test_every_file_has_a_line_in_order(upload, annotator, picture):
    files = {"a/1.png": picture(1), "a/notes.jpg": b"Dear diary", "b/2.png": picture(2), "empty.png": b""}
    response = upload(annotator, files)
    assert response.status_code == 200
    results = response.json()["results"]
    assert [each["name"] for each in results] == list(files)
    assert [each["status"] for each in results] == ["added", "refused", "added", "refused"]
    assert "a text file" in results[1]["reason"]
    assert results[3]["reason"] == "The file is empty."
    assert Image.objects.get(pk=results[2]["id"]).name == "b/2.png"


def test_without_paths_the_file_names_count(upload, annotator, picture):
    results = upload(annotator, {"x.png": picture()}, paths=False).json()["results"]
    assert results[0]["name"] == "x.png"


def test_sending_again_says_that_it_is_there(upload, annotator, picture):
    files = {"1.png": picture()}
    first, again = (upload(annotator, files).json()["results"][0] for _ in range(2))
    assert (again["status"], again["id"]) == ("duplicate", first["id"])


def test_folders_become_labels_when_asked(upload, annotator, project, picture):
    LabelClass.objects.add(project, "dog")
    files = {"root/cat/1.png": picture(1), "root/dog/2.png": picture(2), "3.png": picture(3)}
    upload(annotator, files, class_from="folder")
    found = Annotation.objects.values_list("image__name", "label_class__name", "shape", "source")
    assert set(found) == {("root/cat/1.png", "cat", "tag", "file"), ("root/dog/2.png", "dog", "tag", "file")}
    assert set(Image.objects.values_list("name", "status", "revision")) == {
        ("root/cat/1.png", "labelled", 1), ("root/dog/2.png", "labelled", 1), ("3.png", "new", 0)
    }  # fmt: skip
    assert Revision.objects.count() == 2
    assert project.classes.count() == 2


def test_folders_are_only_folders_when_not_asked(upload, annotator, project, picture):
    upload(annotator, {"cat/1.png": picture()})
    assert not project.classes.exists()


def test_a_known_image_that_nobody_labelled_gets_its_folder(upload, annotator, picture):
    files = {"cat/1.png": picture()}
    upload(annotator, files)
    result = upload(annotator, files, class_from="folder").json()["results"][0]
    assert result["status"] == "duplicate"
    assert "folder" in result["reason"]
    assert Annotation.objects.get().label_class.name == "cat"


def test_labels_of_a_person_are_never_changed_by_an_upload(upload, annotator, picture):
    content = picture()
    upload(annotator, {"cat/1.png": content}, class_from="folder")
    upload(annotator, {"dog/1.png": content}, class_from="folder")
    assert Annotation.objects.get().label_class.name == "cat"


def test_many_labelled_files_take_few_queries(upload, annotator, picture, django_assert_max_num_queries):
    files = {f"{number % 2}/{number}.png": picture(number) for number in range(60)}
    with django_assert_max_num_queries(55):
        upload(annotator, files, class_from="folder")
    assert Annotation.objects.count() == 60


def test_only_members_who_may_label_upload(upload, viewer, stranger, picture):
    assert upload(viewer, {"1.png": picture()}).status_code == 403
    assert upload(stranger, {"1.png": picture()}).status_code == 404
    assert upload(None, {"1.png": picture()}).status_code == 401


def test_a_body_without_sense_is_refused(as_, annotator, project, upload, picture):
    client, url = as_(annotator), f"/api/projects/{project.pk}/images/"
    assert client.post(url, {}, format="multipart").json()["error"]["fields"].keys() == {"files"}
    assert client.post(url, {"files": []}, format="json").status_code == 415
    assert upload(annotator, {"1.png": picture()}, class_from="moon").status_code == 400
    form = {"files": [io.BytesIO(picture())], "paths": ["a", "b"]}
    assert "paths" in client.post(url, form, format="multipart").json()["error"]["fields"]
    assert client.put(url).status_code == 405
    empty = client.post(url, b"", content_type="multipart/form-data; boundary=x")
    assert empty.json()["error"]["fields"].keys() == {"files"}


def test_too_many_files_in_one_request_are_too_large(settings, upload, annotator, picture):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    response = upload(annotator, {f"{number}.png": picture(number) for number in range(3)})
    assert response.status_code == 413
    assert "2 files" in response.json()["error"]["message"]


def test_a_zip_becomes_a_job_and_reports_its_members(as_, upload, annotator, picture):
    content = zipped(
        {
            "set/cat/1.png": picture(1), "set/dog/2.png": picture(2), "set/readme.txt": b"Hello", "set/": b"",
            "__MACOSX/._1.png": b"x", "set/.DS_Store": b"x", "set/inner.zip": b"PK",
        }
    )  # fmt: skip
    result = upload(annotator, {"all.zip": content}, class_from="folder").json()["results"][0]
    assert (result["status"], result["archive"]["status"]) == ("added", "queued")
    Archive.objects.get().perform()
    answer = as_(annotator).get(f"/api/archives/{result['archive']['id']}/").json()
    assert answer["status"] == "completed"
    statuses = {each["name"]: each["status"] for each in answer["results"]}
    assert statuses == {
        "set/cat/1.png": "added", "set/dog/2.png": "added", "set/readme.txt": "refused", "set/.DS_Store": "refused",
        "__MACOSX/._1.png": "refused", "set/inner.zip": "refused",
    }  # fmt: skip
    assert all(each["reason"] for each in answer["results"] if each["status"] == "refused")
    assert set(Annotation.objects.values_list("label_class__name", flat=True)) == {"cat", "dog"}
    assert len(as_(annotator).get(f"/api/archives/{result['archive']['id']}/?after=4").json()["results"]) == 2


def test_a_worker_that_died_is_followed_by_one_that_goes_on(upload, annotator, picture):
    upload(annotator, {"all.zip": zipped({f"{number}.png": picture(number) for number in range(130)})})
    archive = Archive.objects.get()
    archive.smallest_batch = 50
    opened_reports, real = [], archive.report

    def die_at_half(progress, **fields):
        if fields and opened_reports:
            raise KeyboardInterrupt
        opened_reports.append(progress) if fields else None
        real(progress, **fields)

    archive.report = die_at_half
    with pytest.raises(KeyboardInterrupt):
        archive.perform()
    assert Image.objects.count() == 50
    Archive.objects.update(status="queued")
    again = Archive.objects.get()
    again.perform()
    assert [each["status"] for each in again.results] == ["added"] * 130


def link(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def encrypted(name: str) -> bytes:
    content = bytearray(zipped({name: b"secret"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (zipped({"ok.png": b"", "../../evil.png": b""}), "../../evil.png"),
        (zipped({"/etc/evil.png": b""}), "/etc/evil.png"),
        (zipped({"C:\\evil.png": b""}), "evil.png"),
        (zipped({"bomb.png": bytes(8 << 20)}), "bomb.png"),
        (link("link.png"), "link.png"),
        (encrypted("locked.png"), "locked.png"),
        (b"PK but not really", "not a ZIP"),
        (b"", "empty"),
        (zipped({}), "no files"),
        (zipped({"a.png": b"x" * 5000}, zipfile.ZIP_STORED)[:-30], "not a ZIP"),
    ],
)
def test_a_hostile_zip_is_refused_as_a_whole_and_names_why(upload, annotator, content, named):
    result = upload(annotator, {"evil.zip": content}).json()["results"][0]
    assert result["status"] == "refused"
    assert named in result["reason"]
    assert not Archive.objects.exists()
    assert not Image.objects.exists()


def test_a_zip_beyond_the_limits_is_refused(settings, upload, annotator, picture):
    content = zipped({f"{number}.png": picture(number) for number in range(3)})
    settings.MAX_ZIP_FILES = 2
    assert "at most 2" in upload(annotator, {"a.zip": content}).json()["results"][0]["reason"]
    settings.MAX_ZIP_FILES, settings.MAX_ZIP_BYTES = 10, 500
    assert "MB" in upload(annotator, {"a.zip": content}).json()["results"][0]["reason"]


def test_a_damaged_member_is_refused_and_the_others_are_added(upload, annotator, picture):
    content = bytearray(zipped({"a.png": picture(1), "b.png": picture(2)}, zipfile.ZIP_STORED))
    content[60] ^= 0xFF
    upload(annotator, {"a.zip": bytes(content)})
    Archive.objects.get().perform()
    assert [each["status"] for each in Archive.objects.get().results] == ["refused", "added"]


def test_a_member_without_a_name_is_passed_over(upload, annotator, picture):
    content = zipped({"xevil.png": picture(1), "b.png": picture(2)}).replace(b"xevil.png", b"\0evil.png")
    upload(annotator, {"a.zip": content})
    Archive.objects.get().perform()
    assert [(each["name"], each["status"]) for each in Archive.objects.get().results] == [("b.png", "added")]


def test_an_archive_is_for_members_and_can_be_cancelled(as_, upload, annotator, stranger, viewer, picture):
    upload(annotator, {"a.zip": zipped({"a.png": picture()})})
    url = f"/api/archives/{Archive.objects.get().pk}/"
    assert as_(stranger).get(url).status_code == 404
    assert as_(viewer).post(f"{url}cancel/").status_code == 403
    assert as_(annotator).post(f"{url}cancel/").json()["status"] == "cancelled"
    assert as_(annotator).post(f"{url}cancel/").status_code == 409
    assert as_(annotator).get(f"{url}?after=x").status_code == 400
    Archive.objects.get().perform()
    assert not Image.objects.exists()
