"""What could be read but not kept, and what cannot be read, is refused at the door: 400 and a sentence, never 500."""

import base64
import errno
import json

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from rest_framework.test import APIClient

from labelapp.accounts.models import Token
from labelapp.images.arrival import receive
from labelapp.images.models import Image
from labelapp.lib.passing import Lacking
from labelapp.projects.api.projects import ProjectsView
from labelapp.projects.models import LabelClass

POISON = {
    "half a character": r'"\ud800"',
    "half a character as a name": r'{"\ud800": 1}',
    "a NUL": r'"\u0000"',
    "an infinite number": "1e999",
    "not a number": "NaN",
    "an endless list": "[" * 200_000,
    "lists in lists": "[" * 50 + "]" * 50,
    "a huge number": "9" * 5000,
    "more than a float holds": "1" + "0" * 400,
    "more than 64 bits": str(2**63),
    "less than 64 bits": str(-(2**63) - 1),
}


def refused(answer) -> str:
    assert answer.status_code == 400, answer.content[:300]
    return answer.json()["error"]["message"]


@pytest.fixture
def image(project, owner, picture):
    arrival = receive("a.png", ContentFile(picture()))
    [outcome] = Image.objects.admit(project, owner, [arrival])
    return Image.objects.get(pk=outcome.id)


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/projects/", '{"name": "x", "kind": %s}'),
        ("/api/projects/{project}/classes/", '{"name": "x", "attributes": [{"name": "a", "default": %s}]}'),
        ("/api/projects/{project}/versions/", '{"filters": {"search": %s}}'),
        ("/api/projects/{project}/exports/", '{"format": "csv", "filters": {"search": %s}}'),
        ("/api/projects/{project}/images/bulk/", '{"filters": {"search": %s}, "set": {"split": "train"}}'),
    ],
)
def test_a_body_that_cannot_be_kept_is_refused_and_nothing_is_stored(as_, owner, project, path, body, poison):
    client = as_(owner)
    address = path.format(project=project.pk)
    before = client.get(address).content if "bulk" not in path else b""
    refused(client.post(address, body % poison, content_type="application/json"))
    if before:
        assert client.get(address).content == before


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_an_annotation_that_cannot_be_kept_leaves_the_image_as_it_was(as_, owner, project, image, poison):
    cat = LabelClass.objects.add(project, "cat")
    address = f"/api/images/{image.pk}/annotations/"
    row = {"id": "2f0d1c1e-4d0f-4f43-9a37-9a2b62f2f0aa", "class": cat.pk, "shape": "tag", "attributes": {"a": "HERE"}}
    body = {"base_revision": 0, "key": "5a1d7a39-7dd1-49d7-8c5b-6f5a9a0a4f11", "upsert": [row]}
    text = json.dumps(body).replace('"HERE"', poison)
    refused(as_(owner).patch(address, text, content_type="application/json"))
    assert as_(owner).get(address).json()["annotations"] == []


def test_a_revision_that_there_is_not_yet_is_said_to_be_none(as_, owner, image):
    body = {"base_revision": 2**62, "key": "5a1d7a39-7dd1-49d7-8c5b-6f5a9a0a4f11", "upsert": []}
    answer = as_(owner).patch(f"/api/images/{image.pk}/annotations/", body, format="json")
    assert answer.status_code == 409
    assert "no revision" in answer.json()["error"]["message"]
    assert (answer.json()["revision"], answer.json()["changes"]) == (0, [])


@pytest.mark.parametrize("score", [2**62, -1, "1", True])
def test_a_score_is_a_number_from_0_to_1(as_, owner, project, image, score):
    cat = LabelClass.objects.add(project, "cat")
    row = {"id": "2f0d1c1e-4d0f-4f43-9a37-9a2b62f2f0aa", "class": cat.pk, "shape": "tag", "score": score}
    body = {"base_revision": 0, "key": "5a1d7a39-7dd1-49d7-8c5b-6f5a9a0a4f11", "upsert": [row]}
    assert "score" in refused(as_(owner).patch(f"/api/images/{image.pk}/annotations/", body, format="json"))


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "1e3", "٣"])
def test_a_number_in_an_address_is_a_number(as_, owner, project, number):
    client = as_(owner)
    for path in (f"/api/projects/{project.pk}/runs/?version=", f"/api/projects/{project.pk}/images/?page_size="):
        assert len(refused(client.get(path + number))) < 300


@pytest.mark.parametrize("ids", [[2**70], [2**63], [10**18], [10**18, 2]])
@pytest.mark.parametrize("field", ["ids", "except"])
def test_ids_that_no_image_can_have_are_refused(as_, owner, project, image, field, ids):
    body = {"filters": {}, "set": {"split": "train"}} if field == "except" else {"set": {"split": "train"}}
    refused(as_(owner).post(f"/api/projects/{project.pk}/images/bulk/", body | {field: ids}, format="json"))
    assert Image.objects.get().split == ""


@pytest.mark.parametrize("sent", [{"default": 10**400}, {"min": 10**400}, {"max": 2**63}, {"step": 10**20}])
def test_a_number_attribute_knows_no_number_that_cannot_be_kept(as_, owner, project, sent):
    body = {"name": "cat", "attributes": [{"name": "age", "type": "number", **sent}]}
    refused(as_(owner).post(f"/api/projects/{project.pk}/classes/", body, format="json"))
    text = {"text": json.dumps([body])}
    refused(as_(owner).post(f"/api/projects/{project.pk}/classes/text/", text, format="json"))


@pytest.mark.parametrize("path", ["/api/projects/", "/api/projects/{project}/images/", "/api/projects/{project}/log/"])
def test_a_search_for_what_no_text_holds_breaks_nothing(as_, owner, project, image, path):
    answer = as_(owner).get(path.format(project=project.pk) + "?search=a%00b")
    assert answer.status_code in (200, 400)


def test_projects_are_searched_by_all_words(as_, owner, project):
    def found(words):
        return [each["name"] for each in as_(owner).get("/api/projects/", {"search": words}).json()["results"]]

    assert (found("sign s"), found(" "), found("sign cat")) == (["Signs"], ["Signs"], [])


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize("text", ["p=abc", "p=1,2"])
@pytest.mark.parametrize("things", ["members/", "classes/", "versions/", "runs/"])
def test_a_cursor_of_no_list_is_refused(as_, owner, project, things, text):
    assert "cursor" in refused(as_(owner).get(f"/api/projects/{project.pk}/{things}?cursor={cursor(text)}"))


@pytest.mark.parametrize(
    "text",
    [
        "p=abc",
        "[]",
        '{"v":Infinity,"i":1,"b":false}',
        '{"v":1,"i":1e400,"b":false}',
        '{"v":1,"i":99999999999999999999,"b":false}',
        '{"v":"\\ud800","i":1,"b":false}',
        '{"v":[],"i":1,"b":false}',
    ],
)
@pytest.mark.parametrize("ordering", ["-id", "created", "size"])
def test_a_cursor_of_no_list_of_images_is_refused(as_, owner, project, image, ordering, text):
    path = f"/api/projects/{project.pk}/images/?ordering={ordering}&cursor={cursor(text)}"
    assert "cursor" in refused(as_(owner).get(path))


def test_an_unknown_address_below_api_is_told_as_json(as_, owner):
    for path in ("/api/nope/", "/api/projects/abc/", "/api/images/-1/"):
        answer = as_(owner).get(path)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_what_breaks_below_api_is_told_as_json(as_, owner, monkeypatch):
    monkeypatch.setattr(ProjectsView, "get", lambda *_: 1 / 0)
    client = as_(owner)
    client.handler.raise_request_exception = client.raise_request_exception = False
    answer = client.get("/api/projects/")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"


def test_each_field_has_a_list_of_problems(as_, owner, project):
    answer = as_(owner).get(f"/api/projects/{project.pk}/images/?page_size=none").json()
    assert answer["error"]["fields"]["page_size"][0] in answer["error"]["message"]


def test_attributes_of_a_class_make_sense(as_, owner, project):
    address = f"/api/projects/{project.pk}/classes/"
    for attributes in ([{"name": "a"}, {"name": "a"}], [{"name": "a", "type": "select"}]):
        body = {"name": "cat", "attributes": attributes}
        assert "non_field_errors" not in refused(as_(owner).post(address, body, format="json"))


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (OperationalError("database is locked"), "The database did not answer"),
        (OperationalError("database or disk is full"), "The disk is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (Lacking("The machine is too busy"), "The machine is too busy"),
    ],
)
def test_trouble_of_the_machine_is_said_and_can_be_asked_again(as_, owner, monkeypatch, trouble, said):
    def fail(*_args):
        raise trouble

    monkeypatch.setattr(ProjectsView, "get", fail)
    answer = as_(owner).get("/api/projects/")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    assert said in answer.json()["error"]["message"]
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("by_session", [True, False], ids=["session", "token"])
def test_a_body_that_would_fill_the_memory_is_refused_with_a_sentence(as_, owner, settings, by_session):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    client = (
        as_(owner) if by_session else APIClient(HTTP_AUTHORIZATION=f"Token {Token.objects.issue(owner, 'script')[1]}")
    )
    answer = client.post("/api/projects/", json.dumps({"name": "x" * (1 << 20)}), content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        413, "The body is larger than 1 MB. Send it in parts.",
    )  # fmt: skip
