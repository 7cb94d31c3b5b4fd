"""Room for a project's files: what it uses, its quota, and the reserve of the disk."""

import io
import zipfile

import pytest
from django.core.files import File

from labelapp.annotations.models import Archive
from labelapp.exchange.models import Export
from labelapp.images.models import Image
from labelapp.lib import disk
from labelapp.projects import audit, space
from labelapp.projects.models import AuditEntry, Project


@pytest.fixture
def admin(person):
    user = person("admin")
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def send(as_, project):
    def post(user, files: dict[str, bytes]):
        parts = [io.BytesIO(content) for content in files.values()]
        for part, name in zip(parts, files, strict=True):
            part.name = name
        return as_(user).post(f"/api/projects/{project.pk}/images/", {"files": parts}, format="multipart")

    return post


@pytest.fixture
def disk_has(monkeypatch):
    def leave(free: int) -> None:
        monkeypatch.setattr(space, "free_bytes", lambda folders: free)

    return leave


def quota(project, quota_bytes: int) -> None:
    project.quota_bytes = quota_bytes
    project.save(update_fields=["quota_bytes"])


def test_a_project_tells_what_it_uses_without_looking_at_files(as_, owner, viewer, project, send, picture):
    contents = {f"{number}.png": picture(number) for number in range(3)}
    send(owner, contents)
    Image.objects.filter(name="0.png").move_to_trash(owner)
    Export.objects.create(project=project, created_by=owner, size_bytes=500)
    answer = as_(viewer).get(f"/api/projects/{project.pk}/storage/").json()
    sizes = {name: len(content) for name, content in contents.items()}
    assert answer["use"]["originals"] == sizes["1.png"] + sizes["2.png"]
    assert answer["use"]["trash"] == sizes["0.png"]
    assert answer["use"]["exports"] == 500
    assert answer["use"]["total"] == sum(sizes.values()) + 500
    assert answer["quota"] is None


def test_what_two_projects_show_counts_in_both(owner, project, send, picture):
    content = picture()
    send(owner, {"a.png": content})
    other = Project.objects.start(owner, name="Other")
    Image.objects.add(other, owner, "a.png", File(io.BytesIO(content), "a.png"))
    assert space.Space(other).use.total == space.Space(project).use.total > 0


def test_a_request_beyond_the_quota_is_refused_and_says_what_is_missing(owner, project, send, picture):
    content = picture(size=(200, 200))
    quota(project, len(content) // 2)
    answer = send(owner, {"a.png": content})
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "quota_exceeded"
    assert "Empty its trash" in answer.json()["error"]["message"]
    assert answer.json()["missing_bytes"] > 0
    assert not Image.objects.exists()


def test_the_quota_holds_exactly_for_files_that_come_without_asking(owner, project, picture):
    contents = [picture(number) for number in range(3)]
    quota(project, len(contents[0]) + len(contents[1]))
    files = [(f"{number}.png", File(io.BytesIO(each), "x.png")) for number, each in enumerate(contents)]
    outcomes = Image.objects.add_many(project, owner, files)
    assert [each.status for each in outcomes] == ["added", "added", "refused"]
    assert "quota" in outcomes[2].reason
    again = Image.objects.add(project, owner, "0.png", File(io.BytesIO(contents[0]), "0.png"))
    assert again.status == "duplicate"


def test_a_zip_is_judged_by_what_it_unpacks_to(owner, project, send):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.png", bytes(100_000))
    quota(project, 50_000)
    (result,) = send(owner, {"a.zip": file.getvalue()}).json()["results"]
    assert result["status"] == "refused"
    assert "98 KB" in result["reason"]
    assert not Archive.objects.exists()


def test_below_the_reserve_of_the_disk_nothing_is_taken(as_, owner, project, send, picture, disk_has, settings):
    settings.DISK_RESERVE_BYTES = 10_000
    disk_has(10_100)
    answer = send(owner, {"a.png": picture(size=(100, 100))})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "disk_full")
    asked = {"files": 10, "size_bytes": 101}
    assert as_(owner).post(f"/api/projects/{project.pk}/uploads/", asked, format="json").status_code == 413
    disk_has(10_200)
    assert as_(owner).post(f"/api/projects/{project.pk}/uploads/", asked, format="json").status_code == 201


def test_the_fullest_disk_counts_also_where_the_folder_is_not_made_yet(tmp_path):
    assert disk.free_bytes([tmp_path / "not" / "there", tmp_path]) > 0


def test_only_site_admins_set_a_quota(as_, admin, owner, stranger, project, settings):
    path = f"/api/projects/{project.pk}/storage/quota/"
    assert as_(owner).put(path, {"quota": 5}, format="json").status_code == 403
    assert as_(stranger).put(path, {"quota": 5}, format="json").status_code == 404
    assert as_(None).put(path, {"quota": 5}, format="json").status_code == 401
    assert as_(admin).put(path, {"quota": -1}, format="json").status_code == 400
    assert as_(admin).put(path, {}, format="json").status_code == 400
    assert as_(admin).get(path).status_code == 405
    assert as_(admin).put(path, {"quota": 5}, format="json").json()["quota"] == 5
    assert audit.sentence(AuditEntry.objects.get(verb="project.quota_set")) == "set the quota of the project to 5 B"
    settings.PROJECT_QUOTA_BYTES = 77
    assert as_(admin).put(path, {"quota": None}, format="json").json()["quota"] == 77
    assert as_(admin).put(path, {"quota": 0}, format="json").json()["quota"] is None


def test_strangers_are_told_nothing_about_storage(as_, stranger, project):
    assert as_(stranger).get(f"/api/projects/{project.pk}/storage/").status_code == 404
