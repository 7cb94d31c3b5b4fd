"""What a token may do: never more than its scopes, its project and its person."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from labelapp.accounts.models import Token
from labelapp.accounts.scopes import Scope
from labelapp.projects.models import AuditEntry, Project

UNSAFE = ("post", "put", "patch", "delete")
NOT_FOR_TOKENS = {"api/auth/token/", "api/schema/", "api/docs/"}  # what they do needs no sign-in


@pytest.fixture
def script(as_):
    """A client with a token; ``script(person, "read")``."""

    def with_token(person, *scopes, **limits):
        _token, plain = Token.objects.issue(person, "test", scopes=["read", *scopes], **limits)
        client = as_(None)
        client.credentials(HTTP_AUTHORIZATION=f"Token {plain}")
        return client

    return with_token


def endpoints(patterns=None, prefix=""):
    """Every address below /api/ with the class or function behind it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if path.startswith("api/") and path not in NOT_FOR_TOKENS:
                yield path, pattern.callback
        else:
            yield from endpoints(pattern.url_patterns, path)


def filled(path: str) -> str:
    """With ids in the place of <int:pk> and its like."""
    example = {"int": "999", "uuid": "5e1f0b0e-8f0b-4d3b-9a43-0e5ad7b7f1aa", "str": "x"}
    for kind, value in example.items():
        while f"<{kind}:" in path:
            before, _mark, after = path.partition(f"<{kind}:")
            path = before + value + after.partition(">")[2]
    assert "<" not in path
    return "/" + path


ENDPOINTS = sorted((path, view) for path, view in endpoints())


def test_the_walk_finds_the_endpoints():
    assert len(ENDPOINTS) > 60
    assert "api/images/<int:pk>/annotations/" in dict(ENDPOINTS)


def lacks_the_scope(answer) -> bool:
    return answer.status_code == 403 and "lacks the scope" in answer.json()["error"]["message"]


def test_no_endpoint_lets_a_reading_token_change_anything(script, owner):
    reader = script(owner)
    let_in = []
    for path, view in ENDPOINTS:
        for method in UNSAFE:
            answer = getattr(reader, method)(filled(path), {}, format="json")
            # A plain function only reads.
            if not (lacks_the_scope(answer) if hasattr(view, "cls") else answer.status_code == 405):
                let_in.append((method, path, answer.status_code))
    assert not let_in


def test_no_endpoint_lets_a_token_do_what_another_scope_is_for(script, owner):
    """Whatever changes something answers to one scope, and to no other."""
    scripts = [script(owner, scope) for scope in (Scope.LABEL, Scope.TRAIN, Scope.MANAGE)]
    wrong = {}
    for path, view in ENDPOINTS:
        if hasattr(view, "cls"):
            refused = [lacks_the_scope(each.post(filled(path), {}, format="json")) for each in scripts]
            if sorted(refused) != [False, True, True]:
                wrong[path] = refused
    assert not wrong


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("post", "images/", "label"),
        ("post", "annotations/bulk/", "label"),
        ("post", "imports/", "label"),
        ("post", "versions/", "train"),
        ("post", "runs/", "train"),
        ("post", "predictions/", "train"),
        ("post", "classes/", "manage"),
        ("post", "members/", "manage"),
        ("patch", "", "manage"),
    ],
)
def test_each_kind_of_work_has_its_scope(script, owner, project, method, path, scope):
    address = f"/api/projects/{project.pk}/{path}"
    without = [each for each in ("label", "train", "manage") if each != scope]
    refused = getattr(script(owner, *without), method)(address, {}, format="json")
    assert refused.status_code == 403
    assert f"“{scope}”" in refused.json()["error"]["message"]
    assert getattr(script(owner, scope), method)(address, {}, format="json").status_code != 403


def test_a_permission_of_the_project_needs_its_scope_also_where_the_room_allows_it(script, owner, project):
    """Emptying the trash is in the room of images, but deletes for good."""
    answer = script(owner, "label").delete(f"/api/projects/{project.pk}/trash/")
    assert answer.status_code == 403
    assert "“manage”" in answer.json()["error"]["message"]


def test_a_token_never_does_more_than_its_person(script, viewer, project, stranger):
    every = script(viewer, "label", "train", "manage")
    assert every.get(f"/api/projects/{project.pk}/").status_code == 200
    answer = every.post(f"/api/projects/{project.pk}/classes/", {"name": "x"}, format="json")
    assert answer.status_code == 403
    assert "Only owners" in answer.json()["error"]["message"]
    assert script(stranger, "manage").get(f"/api/projects/{project.pk}/").status_code == 404


def test_a_token_of_one_project_finds_no_other(script, owner, project):
    other = Project.objects.start(owner, name="Other")
    limited = script(owner, "label", "train", "manage", project=project)
    assert [each["id"] for each in limited.get("/api/projects/").json()["results"]] == [project.pk]
    assert limited.get(f"/api/projects/{other.pk}/").status_code == 404
    assert limited.post(f"/api/projects/{other.pk}/classes/", {"name": "x"}, format="json").status_code == 404
    assert limited.post(f"/api/projects/{project.pk}/classes/", {"name": "x"}, format="json").status_code == 201


def test_a_token_of_one_project_restores_no_other(script, owner, project):
    other = Project.objects.start(owner, name="Other")
    for each in (project, other):
        each.move_to_trash(owner)
    limited = script(owner, "manage", project=project)
    assert [each["id"] for each in limited.get("/api/projects/trash/").json()["results"]] == [project.pk]
    assert limited.post(f"/api/projects/trash/{other.pk}/restore/").status_code == 404
    assert limited.post(f"/api/projects/trash/{project.pk}/restore/").status_code == 200


def test_a_token_of_one_project_does_nothing_to_the_site_or_the_account(script, owner, admin, project):
    limited = script(admin, "label", "train", "manage", project=project)
    assert limited.get("/api/me/").status_code == 200
    for method, path in (
        ("post", "/api/projects/"), ("post", "/api/projects/sample/"), ("get", "/api/people/"),
        ("get", "/api/me/tokens/"), ("post", "/api/me/tokens/"), ("post", "/api/me/password/"),
        ("patch", f"/api/people/{admin.pk}/"),
    ):  # fmt: skip
        answer = getattr(limited, method)(path, {"name": "x"}, format="json")
        assert answer.status_code == 403, path
        assert "one project" in answer.json()["error"]["message"]


def test_a_token_ends_when_its_time_is_over(script, owner):
    client = script(owner, expires_at=timezone.now() + timedelta(hours=1))
    assert client.get("/api/me/").status_code == 200
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.get("/api/me/")
    assert answer.status_code == 401
    assert "expired" in answer.json()["error"]["message"]


def test_a_token_makes_none_that_may_do_more_than_itself(script, owner):
    soon = timezone.now() + timedelta(hours=1)
    maker = script(owner, "manage", expires_at=soon)
    for limits in ({}, {"scopes": ["label"], "expires_at": soon}, {"scopes": ["read"]}):
        assert maker.post("/api/me/tokens/", {"name": "more"} | limits, format="json").status_code == 403
    less = {"name": "less", "scopes": [], "expires_at": soon}
    assert maker.post("/api/me/tokens/", less, format="json").json()["scopes"] == ["read"]


def test_limits_are_given_when_a_token_is_made(as_, owner, project):
    body = {"name": "nightly", "scopes": ["label"], "project": project.pk, "expires_at": "2099-01-01T00:00:00Z"}
    made = as_(owner).post("/api/me/tokens/", body, format="json").json()
    assert made["scopes"] == ["read", "label"]
    assert (made["project"], made["project_name"]) == (project.pk, "Signs")
    [row] = as_(owner).get("/api/me/tokens/").json()["results"]
    assert row["expires_at"] == "2099-01-01T00:00:00Z"


def test_a_misspelt_limit_makes_no_token_without_limits(as_, owner):
    answer = as_(owner).post("/api/me/tokens/", {"name": "x", "scope": ["read"]}, format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["fields"]["scope"]
    assert as_(owner).get("/api/me/tokens/").json()["results"] == []


@pytest.mark.parametrize(
    ("field", "value"), [("scopes", ["fly"]), ("expires_at", "2001-01-01T00:00:00Z"), ("project", 999)]
)
def test_bad_limits_are_named(as_, owner, field, value):
    answer = as_(owner).post("/api/me/tokens/", {"name": "x", field: value}, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {field}


def test_a_token_is_not_limited_to_a_project_of_others(as_, stranger, project):
    answer = as_(stranger).post("/api/me/tokens/", {"name": "x", "project": project.pk}, format="json")
    assert answer.status_code == 400


def test_signing_in_through_the_api_gives_every_right(as_, owner):
    body = {"username": "owner", "password": "correct horse battery"}
    as_(None).post("/api/auth/token/", body, format="json")
    token = Token.objects.get()
    assert token.scopes == list(Scope.values)
    assert (token.project, token.expires_at) == (None, None)


def test_the_last_use_says_when_and_from_where(script, owner, settings):
    client = script(owner)
    client.get("/api/me/", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="198.51.100.7")
    token = Token.objects.get()
    assert token.used_from == "198.51.100.7"  # nobody may say themselves where they are
    assert token.used_at


def test_making_and_revoking_a_token_is_noted(as_, owner):
    made = as_(owner).post("/api/me/tokens/", {"name": "nightly", "scopes": ["label"]}, format="json").json()
    as_(owner).delete(f"/api/me/tokens/{made['id']}/")
    assert list(AuditEntry.objects.filter(verb__startswith="token.").values_list("verb", "target")) == [
        ("token.revoked", "nightly"),
        ("token.made", "nightly"),
    ]
