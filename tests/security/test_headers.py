"""What Django's deployment checklist asks for, seen from outside."""

import pytest
from django.test import Client, RequestFactory

PAGES = ["/", "/profile/", "/people/", "/api/docs/", "/projects/{project}/", "/projects/{project}/images/"]


@pytest.fixture
def signed_in(client, owner):
    owner.change(is_superuser=True)
    client.force_login(owner)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_nothing_in_line_and_nothing_from_elsewhere(signed_in, project, path):
    answer = signed_in.get(path.format(project=project.pk))
    assert answer.status_code == 200
    policy = dict(each.split(" ", 1) for each in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "http" not in answer["Content-Security-Policy"]


def test_what_is_no_page_runs_nothing_at_all(signed_in, project):
    for path in ("/api/me/", f"/api/projects/{project.pk}/", "/api/schema/", "/icons.svg", "/jsi18n/", "/healthz"):
        answer = signed_in.get(path)
        assert answer.status_code == 200, path
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/no-such-page/", "/api/me/", "/api/no-such-thing/"])
def test_every_answer_says_how_it_may_be_used(client, owner, path):
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-cache" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Content-Security-Policy"]


def test_the_session_cookie_is_not_for_scripts_and_not_for_other_sites(client, owner):
    client.post("/sign-in/", {"username": "owner", "password": "correct horse battery"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(client, owner):
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "owner", "password": "correct horse battery"})
    first = client.cookies["sessionid"].value
    client.post("/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = first
    assert thief.get("/api/me/").status_code == 401


def test_a_new_password_ends_other_sessions(client, owner):
    client.force_login(owner)
    other = Client()
    other.force_login(owner)
    body = {"current_password": "correct horse battery", "new_password": "staple lamp seven"}
    assert client.post("/api/me/password/", body, content_type="application/json").status_code == 204
    assert client.get("/api/me/").status_code == 200
    assert other.get("/api/me/").status_code == 401


def test_other_sites_cannot_post_with_the_session_of_a_person(owner, project):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner)
    assert careful.post("/api/projects/", {"name": "x"}, content_type="application/json").status_code == 403
    assert careful.delete(f"/api/projects/{project.pk}/").status_code == 403
    assert careful.post("/sign-out/").status_code == 403
    assert careful.post("/sign-in/", {"username": "owner", "password": "x"}).status_code == 403


def test_a_token_needs_no_csrf_but_a_session_beside_it_does_not_help(owner):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner)
    answer = careful.get("/api/me/", HTTP_AUTHORIZATION="Token nonsense")
    assert answer.status_code == 401


def test_other_host_names_are_not_answered(client, owner):
    assert client.get("/sign-in/", HTTP_HOST="evil.example").status_code == 400
    assert client.get("/api/me/", HTTP_HOST="evil.example").status_code == 400
    answer = client.get("/sign-in/", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil.example" not in answer.content.decode()


def test_without_a_proxy_nobody_is_believed_to_have_come_by_https(settings):
    assert not RequestFactory().get("/", HTTP_X_FORWARDED_PROTO="https").is_secure()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert RequestFactory().get("/", HTTP_X_FORWARDED_PROTO="https").is_secure()


def test_addresses_from_elsewhere_are_not_gone_to_after_signing_in(client, owner):
    form = {"username": "owner", "password": "correct horse battery", "next": "//evil.example/"}
    assert client.post("/sign-in/", form).url == "/"
