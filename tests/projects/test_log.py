import ast
import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from labelapp.images.models import Image
from labelapp.projects import audit
from labelapp.projects.models import AuditEntry
from tests.conftest import member

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def log(as_, owner, project):
    def read(who=owner, **filters):
        answer = as_(who).get(f"/api/projects/{project.pk}/log/", filters)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return read


def note(project, actor, verb="member.added", target="somebody", **detail):
    return AuditEntry.objects.note(actor, verb, project, target, **detail)


def test_the_newest_comes_first_with_person_sentence_and_page(log, project, owner):
    note(project, owner, "run.started", "cnn 1", version=3)
    newest = log()[0]
    assert newest["person"] == {"id": owner.pk, "name": "owner", "initials": "O", "active": True}
    assert newest["text"] == "started the run cnn 1 on version 3"
    assert newest["address"] == ""  # it names no row


def test_making_a_project_is_written_down(log):
    assert log()[-1]["verb"] == "project.created"


def test_changing_it_through_the_api_is_written_down_once(log, as_, owner, project):
    as_(owner).patch(f"/api/projects/{project.pk}/", {"name": "Other"}, format="json")
    assert [entry["verb"] for entry in log()] == ["project.changed", "project.created"]
    assert log()[0]["detail"] == {"name": "Other"}


def test_what_is_refused_is_not_written_down(log, as_, owner, project, picture):
    as_(owner).patch(f"/api/projects/{project.pk}/", {"kind": "nonsense"}, format="json")
    assert [entry["verb"] for entry in log()] == ["project.created"]


def test_what_fails_inside_is_neither_done_nor_written_down(project, owner):
    def half_done():
        with AuditEntry.objects.noting(owner, "project.changed", project, project):
            project.change(name="Half done")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    project.refresh_from_db()
    assert project.name == "Signs"
    assert not AuditEntry.objects.filter(verb="project.changed").exists()


def test_what_is_deleted_inside_keeps_its_name_and_number(project, owner):
    label_class = project.classes.create(name="stop", color="#000000")
    pk = label_class.pk
    with AuditEntry.objects.noting(owner, "class.deleted", target=label_class):
        label_class.delete()
    entry = AuditEntry.objects.get(verb="class.deleted")
    assert (entry.target, entry.target_id, entry.project) == ("stop", pk, project)


def test_who_comes_goes_and_becomes_something_else_is_written_down(log, as_, owner, person, project):
    new, members = person("new"), f"/api/projects/{project.pk}/members/"
    as_(owner).post(members, {"username": "new", "role": "viewer"}, format="json")
    as_(owner).patch(f"{members}{new.pk}/", {"role": "annotator"}, format="json")
    as_(new).delete(f"{members}{new.pk}/")
    assert [entry["text"] for entry in log()][:3] == ["left the project", "made new annotator", "added new as viewer"]


def test_images_that_are_sent_are_written_down(log, as_, owner, project, picture):
    file = SimpleUploadedFile("a.png", picture(), "image/png")
    as_(owner).post(f"/api/projects/{project.pk}/images/", {"files": [file]})
    assert log()[0]["text"] == "added 1 image"


def test_a_verdict_is_written_down_with_the_image(log, as_, owner, project, picture):
    Image.objects.add(project, owner, "a.png", ContentFile(picture()))
    image = project.images.get()
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [], "delete": [], "status": "approved"}
    assert as_(owner).patch(f"/api/images/{image.pk}/annotations/", body, format="json").status_code == 200
    assert (log()[0]["verb"], log()[0]["text"]) == ("image.approved", "approved a.png")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "run"}, ["run.started"]),
        ({"search": "SOMEBODY"}, ["member.added"]),
        ({"until": "2000-01-01T00:00:00Z"}, []),
        ({"since": "2000-01-01T00:00:00Z", "kind": "member"}, ["member.added"]),
    ],
)
def test_filters_narrow_it(log, project, owner, filters, found):
    note(project, owner)
    note(project, owner, "run.started", "cnn 1", version=1)
    assert [entry["verb"] for entry in log(**filters)] == found


def test_a_person_is_a_filter(log, project, owner, annotator):
    note(project, annotator)
    assert [entry["person"]["name"] for entry in log(person=annotator.pk)] == ["annotator"]


def test_pages_go_on_where_they_ended(as_, owner, project):
    for number in range(5):
        note(project, owner, target=str(number))
    client = as_(owner)
    page = client.get(f"/api/projects/{project.pk}/log/?page_size=4").json()
    rest = client.get(page["next"]).json()["results"]
    assert [each["target"] for each in page["results"] + rest] == ["4", "3", "2", "1", "0", "Signs"]


@pytest.mark.parametrize("query", ["person=x", "person=99999999999999999999", "kind=%25", "since=yesterday"])
def test_a_wrong_filter_is_refused(as_, owner, project, query):
    assert as_(owner).get(f"/api/projects/{project.pk}/log/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("annotator", 403), ("viewer", 403), ("stranger", 404)]
)
def test_it_is_for_owners_only(as_, person, project, role, status):
    user = person(role) if role == "stranger" else member(person, project, role)
    assert as_(user).get(f"/api/projects/{project.pk}/log/").status_code == status
    assert as_(user).get(f"/projects/{project.pk}/log/").status_code == status


def test_nobody_is_asked_to_sign_in(as_, project):
    assert as_(None).get(f"/api/projects/{project.pk}/log/").status_code == 401
    assert as_(None).get(f"/projects/{project.pk}/log/").status_code == 302


def test_it_can_only_be_read(as_, owner, project):
    client = as_(owner)
    address = f"/api/projects/{project.pk}/log/"
    assert {client.post(address).status_code, client.delete(address).status_code} == {405}


def test_the_log_of_the_site_is_for_its_admins(as_, owner, annotator):
    note(None, owner, target="the site")
    assert as_(annotator).get("/api/log/").status_code == 403
    assert as_(annotator).get("/log/").status_code == 403
    owner.change(is_superuser=True)
    assert [entry["target"] for entry in as_(owner).get("/api/log/").json()["results"]] == ["the site"]
    assert as_(owner).get("/log/").status_code == 200


def test_only_owners_see_its_link(as_, owner, annotator, project):
    address = f"/projects/{project.pk}/log/"
    assert address in as_(owner).get(f"/projects/{project.pk}/").content.decode()
    assert address not in as_(annotator).get(f"/projects/{project.pk}/").content.decode()


def test_every_verb_in_the_code_has_a_sentence():
    verbs = audit.of_all_rooms("audit_verbs")
    kinds = audit.of_all_rooms("audit_kinds")
    used = {verb for folder in ("labelapp", "training") for verb in verbs_in(ROOT / folder)}
    assert used
    assert used - set(verbs) == set()
    assert {verb.partition(".")[0] for verb in verbs} - set(kinds) == set()


def verbs_in(folder: Path):
    """The literal second arguments of ``note`` and ``noting``."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("note", "noting"):
                for argument in node.args[1:2]:
                    if isinstance(argument, ast.Constant) and "." in str(argument.value):
                        yield argument.value
