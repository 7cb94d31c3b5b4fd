"""Every endpoint of the room: who may, who may not, wrong method, missing, bad body."""

import uuid

import pytest

from labelapp.annotations.models import ImagePrediction, Proposed, Revision, Suggestion

NIL = "00000000-0000-0000-0000-000000000000"
ROLES = ["viewer", "annotator", "reviewer", "owner"]


# Tested where the tools are (assist/test_find_like.py).
ELSEWHERE = {("post", "/api/images/{image}/suggestions/")}


@pytest.fixture
def places(project, image, cat, tag, save):
    save(image, tag(cat), key=uuid.UUID(int=7))
    Suggestion.objects.propose(1, [ImagePrediction(image.pk, 0.5, [Proposed(cat.pk, 0.9)])], labelled_too=True)
    suggestion = Suggestion.objects.get()
    return {"image": image.pk, "project": project.pk, "suggestion": suggestion.pk, "key": uuid.UUID(int=7)}


def body_for(path: str, cat) -> dict:
    if "suggestions/acceptance" in path:
        return {"threshold": 0.5}
    if path.endswith("/bulk/"):
        return {"ids": [], "class": cat.pk}
    return {"base_revision": 1, "key": str(uuid.uuid4())}


ENDPOINTS = [
    ("get", "/api/images/{image}/annotations/", "viewer"),
    ("patch", "/api/images/{image}/annotations/", "annotator"),
    ("get", "/api/images/{image}/revisions/", "viewer"),
    ("get", "/api/images/{image}/revisions/1/", "viewer"),
    ("post", "/api/images/{image}/revisions/0/restore/", "annotator"),
    ("put", "/api/images/{image}/approval/", "reviewer"),
    ("delete", "/api/images/{image}/approval/", "reviewer"),
    ("put", "/api/images/{image}/sending-back/", "reviewer"),
    ("delete", "/api/images/{image}/sending-back/", "reviewer"),
    ("get", "/api/images/{image}/reviews/", "viewer"),
    ("get", "/api/images/{image}/suggestions/", "viewer"),
    ("put", "/api/suggestions/{suggestion}/acceptance/", "annotator"),
    ("put", "/api/suggestions/{suggestion}/refusal/", "annotator"),
    ("delete", "/api/suggestions/{suggestion}/refusal/", "annotator"),
    ("post", "/api/projects/{project}/suggestions/acceptance/", "annotator"),
    ("post", "/api/projects/{project}/annotations/bulk/", "annotator"),
    ("delete", "/api/projects/{project}/annotations/bulk/{key}/", "annotator"),
    ("get", "/api/projects/{project}/queue/", "viewer"),
]


@pytest.mark.parametrize(("method", "path", "smallest"), ENDPOINTS)
def test_who_may_call_it(method, path, smallest, places, cat, as_, request, stranger):
    path = path.format(**places)

    def status(user) -> int:
        return getattr(as_(user), method)(path, body_for(path, cat), format="json").status_code

    if method == "get":
        assert as_(None).get(path).status_code == 401
        assert as_(stranger).get(path).status_code == 404
        assert as_(request.getfixturevalue(smallest)).get(path).status_code == 200
        return
    assert (status(None), status(stranger)) == (401, 404)
    for role in ROLES[: ROLES.index(smallest)]:
        assert status(request.getfixturevalue(role)) == 403, role
    assert status(request.getfixturevalue(smallest)) == 200


@pytest.mark.parametrize("path", sorted({path for _method, path, _role in ENDPOINTS}))
def test_a_wrong_method_is_refused(path, places, as_, owner):
    allowed = {method for method, each, *_role in (*ENDPOINTS, *ELSEWHERE) if each == path}
    for method in {"get", "post", "put", "patch", "delete"} - allowed:
        assert getattr(as_(owner), method)(path.format(**places)).status_code == 405, method


@pytest.mark.parametrize(("method", "path", "smallest"), ENDPOINTS)
def test_what_is_not_there_is_not_found(method, path, smallest, places, cat, as_, owner):
    missing = path.format(image=999_999, project=999_999, suggestion=NIL, key=NIL)
    assert getattr(as_(owner), method)(missing, body_for(missing, cat), format="json").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("patch", "/api/images/{image}/annotations/", {}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": -1, "key": NIL}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": "x"}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "upsert": {}}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "upsert": [1]}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "delete": ["x"]}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "status": "done"}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "suggestions": {"x": "open"}}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "suggestions": {NIL: "open"}}),
        ("patch", "/api/images/{image}/annotations/", {"base_revision": 1, "key": NIL, "suggestions": {NIL: "maybe"}}),
        ("put", "/api/images/{image}/approval/", {"base_revision": "new"}),
        ("put", "/api/images/{image}/sending-back/", {"comment": "x" * 10_001}),
        ("put", "/api/suggestions/{suggestion}/acceptance/", {}),
        ("put", "/api/suggestions/{suggestion}/acceptance/", {"base_revision": 1, "key": NIL, "class": 999_999}),
        ("put", "/api/suggestions/{suggestion}/acceptance/", {"base_revision": 1, "key": NIL, "geometry": {"box": 1}}),
        ("post", "/api/projects/{project}/suggestions/acceptance/", {"threshold": 2}),
        ("post", "/api/projects/{project}/suggestions/acceptance/", {"threshold": 0.5, "filters": {"colour": "red"}}),
        ("post", "/api/projects/{project}/annotations/bulk/", {"class": 1}),
        ("post", "/api/projects/{project}/annotations/bulk/", {"ids": [1], "filters": {}, "class": 1}),
        ("post", "/api/projects/{project}/annotations/bulk/", {"ids": ["a"], "class": 1}),
        ("post", "/api/projects/{project}/annotations/bulk/", {"ids": [1], "class": 999_999}),
        ("post", "/api/projects/{project}/annotations/bulk/", {"ids": [1], "class": 1, "mode": "toggle"}),
        ("get", "/api/projects/{project}/queue/?order=size", None),
        ("get", "/api/projects/{project}/queue/?after=501", None),
        ("get", "/api/projects/{project}/queue/?status=done", None),
        ("get", "/api/projects/{project}/queue/?colour=red", None),
    ],
)
def test_a_bad_body_is_answered_clearly(method, path, body, places, as_, owner):
    answer = getattr(as_(owner), method)(path.format(**places), body, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == {"code", "message", "fields"}
    assert answer.json()["error"]["message"]
    assert Revision.objects.count() == 1
