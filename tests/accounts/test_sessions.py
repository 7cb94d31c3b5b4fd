"""Signing out everywhere else."""

from labelapp.accounts.models import Token
from labelapp.projects.models import AuditEntry


def test_other_browsers_are_signed_out_and_this_one_is_not(as_, owner):
    here, there = as_(owner), as_(owner)
    assert here.delete("/api/me/sessions/").status_code == 204
    assert there.get("/api/me/").status_code == 401
    assert here.get("/api/me/").status_code == 200
    assert AuditEntry.objects.get().verb == "person.signed_out"


def test_through_a_token_every_session_ends_and_the_token_stays(as_, owner):
    browser, script = as_(owner), as_(None)
    script.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.issue(owner, 'script')[1]}")
    assert script.delete("/api/me/sessions/").status_code == 204
    assert browser.get("/api/me/").status_code == 401
    assert script.get("/api/me/").status_code == 200


def test_the_session_of_another_person_is_not_touched(as_, owner, stranger):
    other = as_(stranger)
    as_(owner).delete("/api/me/sessions/")
    assert other.get("/api/me/").status_code == 200


def test_nobody_and_other_methods_are_refused(as_, owner):
    assert as_(None).delete("/api/me/sessions/").status_code == 401
    assert as_(owner).get("/api/me/sessions/").status_code == 405


def test_a_page_of_somebody_else_writes_nothing_in_the_name_of_who_has_signed_in_since(as_, owner, stranger):
    browser = as_(stranger)
    refused = browser.patch("/api/me/", {"name": "Eve"}, "json", HTTP_X_LABELAPP_PERSON=str(owner.pk))
    assert refused.status_code == 401
    error = refused.json()["error"]
    assert error["code"] == "other_person"
    assert error["message"].startswith(f"{stranger.display_name} has signed in in another tab.")
    stranger.refresh_from_db()
    assert stranger.first_name != "Eve"
    own = browser.patch("/api/me/", {"name": "Eve"}, "json", HTTP_X_LABELAPP_PERSON=str(stranger.pk))
    assert own.status_code == 200
