"""Who leaves for good: out at once, and nothing of their work is lost."""

import pytest

from labelapp.accounts.models import Token, User
from labelapp.projects.models import AuditEntry, Invitation, Membership, Project, Role

PASSWORD = "correct horse battery"


@pytest.fixture
def boss(person):
    """A site admin who is in no project."""
    boss = person("boss")
    boss.change(is_superuser=True)
    return boss


@pytest.fixture
def put(as_, boss):
    def deactivate(person, **body):
        return as_(boss).put(f"/api/people/{person.pk}/deactivation/", body, format="json")

    return deactivate


def test_sessions_tokens_and_sign_in_end_at_once(put, as_, stranger, client):
    client.force_login(stranger)
    _token, plain = Token.objects.issue(stranger, "script")
    assert put(stranger).json()["is_active"] is False
    assert client.get("/api/me/").status_code == 401
    script = as_(None)
    script.credentials(HTTP_AUTHORIZATION=f"Token {plain}")
    assert script.get("/api/me/").status_code == 401
    answer = as_(None).post("/api/auth/token/", {"username": "stranger", "password": PASSWORD}, format="json")
    assert answer.status_code == 400
    assert AuditEntry.objects.get(verb="person.deactivated").target == "stranger"


def test_reactivating_lets_them_sign_in_and_brings_no_old_session_or_token_back(put, as_, boss, stranger, client):
    client.force_login(stranger)
    Token.objects.issue(stranger, "script")
    put(stranger)
    answer = as_(boss).delete(f"/api/people/{stranger.pk}/deactivation/")
    assert answer.json()["is_active"] is True
    assert client.get("/api/me/").status_code == 401
    assert not Token.objects.exists()
    assert client.login(username="stranger", password=PASSWORD)


def test_their_name_stays_and_is_marked(put, as_, owner, annotator, project):
    put(annotator)
    rows = as_(owner).get(f"/api/projects/{project.pk}/members/").json()["results"]
    assert {each["username"]: each["is_active"] for each in rows} == {"owner": True, "annotator": False}
    assert User.objects.get(pk=annotator.pk).listed_name == "annotator (deactivated)"


def test_the_only_owner_of_a_project_stays_until_it_is_handed_over(put, as_, owner, project, annotator):
    answer = put(owner)
    assert answer.status_code == 409
    assert answer.json()["projects"] == [{"id": project.pk, "name": "Signs"}]
    assert "“Signs”" in answer.json()["error"]["message"]
    owner.refresh_from_db()
    assert owner.is_active
    assert put(owner, successor="annotator").status_code == 200
    assert project.role_of(annotator) == Role.OWNER
    assert AuditEntry.objects.get(verb="project.handed_over").project == project


@pytest.mark.parametrize("successor", ["nobody", "owner", "gone"])
def test_a_project_is_not_handed_to_nobody(put, person, owner, project, successor):
    person("gone").change(is_active=False)
    answer = put(owner, successor=successor)
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"successor"}


def test_a_project_with_another_owner_holds_nobody(put, owner, project, annotator):
    Membership.objects.filter(user=annotator).update(role=Role.OWNER)
    assert put(owner).status_code == 200


def test_an_owner_who_cannot_sign_in_is_no_owner_to_leave_a_project_to(as_, put, owner, project, annotator):
    Membership.objects.filter(user=annotator).update(role=Role.OWNER)
    put(annotator)
    answer = as_(owner).delete(f"/api/projects/{project.pk}/members/{owner.pk}/")
    assert answer.status_code == 409


def test_links_that_they_made_stop_working(put, owner, project, annotator):
    Membership.objects.filter(user=annotator).update(role=Role.OWNER)
    invitation, _plain = Invitation.objects.make(owner, project, "owner", 7)
    put(owner)
    invitation.refresh_from_db()
    assert invitation.state == "revoked"


def test_only_site_admins_deactivate(as_, owner, stranger):
    path = f"/api/people/{stranger.pk}/deactivation/"
    for person, status in ((owner, 403), (None, 401)):
        assert as_(person).put(path, {}, format="json").status_code == status
        assert as_(person).delete(path).status_code == status


def test_who_is_missing_is_not_found_and_wrong_methods_are_refused(as_, boss, stranger):
    assert as_(boss).put("/api/people/999999/deactivation/", {}, format="json").status_code == 404
    assert as_(boss).delete("/api/people/999999/deactivation/").status_code == 404
    assert as_(boss).post(f"/api/people/{stranger.pk}/deactivation/").status_code == 405


def test_doing_it_twice_does_nothing_more(put, stranger):
    put(stranger)
    assert put(stranger).status_code == 200
    assert AuditEntry.objects.filter(verb="person.deactivated").count() == 1


def test_a_project_of_somebody_else_is_not_touched(put, person, owner, project):
    other = Project.objects.start(person("other"), name="Other")
    put(owner, successor="other")
    assert set(other.memberships.values_list("user__username", flat=True)) == {"other"}
