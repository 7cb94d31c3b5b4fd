"""Opening the link of an invitation, as page and through the API."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.accounts.throttling import InvitationThrottle
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, Invitation, Membership, Role

NEW = {"name": "Ada Lovelace", "username": "ada", "password": "correct horse battery"}


@pytest.fixture(autouse=True)
def nobody_has_opened_a_link():
    cache.clear()


@pytest.fixture
def invite(owner, project):
    def make(role="annotator", maker=owner, to=project, days=7, **fields):
        return Invitation.objects.make(maker, to, role, days, **fields)[1]

    return make


def test_somebody_who_is_signed_in_joins_with_one_click(client, invite, project, stranger):
    path = f"/join/{invite()}/"
    client.force_login(stranger)
    page = client.get(path).content.decode()
    assert "owner invites you" in page
    assert "Join the project" in page
    assert client.post(path).url == f"/projects/{project.pk}/"
    assert project.role_of(stranger) == Role.ANNOTATOR
    assert [use.user for use in Invitation.objects.get().people.all()] == [stranger]
    assert AuditEntry.objects.get(verb="member.joined").actor == stranger


def test_somebody_without_an_account_makes_one_and_is_in(client, invite, project):
    path = f"/join/{invite('reviewer')}/"
    assert "Make an account and join" in client.get(path).content.decode()
    assert client.post(path, NEW).url == f"/projects/{project.pk}/"
    assert client.get(f"/projects/{project.pk}/").status_code == 200
    ada = User.objects.get(username="ada")
    assert (ada.first_name, project.role_of(ada)) == ("Ada Lovelace", Role.REVIEWER)


def test_somebody_with_an_account_signs_in_and_is_in(client, invite, project, stranger):
    path = f"/join/{invite()}/sign-in/"
    assert "Sign in and join" in client.get(path).content.decode()
    wrong = client.post(path, {"username": "stranger", "password": "no"})
    assert "is wrong" in wrong.content.decode()
    assert project.role_of(stranger) is None
    answer = client.post(path, {"username": "stranger", "password": "correct horse battery"})
    assert answer.url == f"/projects/{project.pk}/"
    assert project.role_of(stranger) == Role.ANNOTATOR


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "This field is required"),
        ({"username": "a b"}, "valid username"),
        ({"username": "OWNER"}, "has this username already"),
        ({"username": "ＯＷＮＥＲ"}, "has this username already"),
        ({"password": "short"}, "too short"),
        ({"password": "ada-ada-1", "username": "ada-ada-1"}, "too similar"),
    ],
)
def test_a_bad_account_is_explained_and_uses_nothing(client, invite, change, told):
    page = client.post(f"/join/{invite()}/", NEW | change)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert Invitation.objects.get().uses == 0
    assert User.objects.count() == 1


def test_a_member_is_told_so_and_nothing_is_used(client, invite, project, reviewer):
    path = f"/join/{invite('viewer')}/"
    client.force_login(reviewer)
    assert "You are in this project already, as Reviewer" in client.get(path).content.decode()
    assert client.post(path).url == path
    assert project.role_of(reviewer) == Role.REVIEWER
    assert Invitation.objects.get().uses == 0


def test_a_larger_role_is_offered_and_taken_only_when_accepted(client, invite, project, viewer):
    path = f"/join/{invite('reviewer')}/"
    client.force_login(viewer)
    assert "From now on you would be Reviewer" in client.get(path).content.decode()
    assert project.role_of(viewer) == Role.VIEWER
    client.post(path)
    assert project.role_of(viewer) == Role.REVIEWER
    assert AuditEntry.objects.filter(verb="member.promoted").count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "has expired"),
        ({"revoked_at": timezone.now()}, "has been withdrawn"),
        ({"uses": 1}, "has been used already"),
    ],
)
def test_a_closed_invitation_says_why(client, as_, invite, stranger, change, told):
    secret = invite()
    Invitation.objects.update(**change)
    for _signed_in in range(2):
        for path in (f"/join/{secret}/", f"/join/{secret}/sign-in/"):
            for page in (client.get(path), client.post(path, NEW)):
                assert page.status_code == 410
                assert told in page.content.decode()
                assert "Ask owner for another one" in page.content.decode()
        client.force_login(stranger)
    assert as_(None).get(f"/api/join/{secret}/").json()["state"] != "open"
    for person in (None, stranger):
        answer = as_(person).post(f"/api/join/{secret}/", NEW, format="json")
        assert answer.status_code == 409
        assert told in answer.json()["error"]["message"]
    assert User.objects.count() == 2
    assert Membership.objects.count() == 1


def test_nobody_joins_a_project_that_lies_in_the_trash(client, as_, invite, project, owner, stranger):
    secret = invite()
    project.move_to_trash(owner)
    for person in (stranger, owner):
        client.force_login(person)
        assert client.get(f"/join/{secret}/").status_code == 410
    assert as_(stranger).post(f"/api/join/{secret}/").status_code == 409
    assert project.role_of(stranger) is None


def test_a_link_that_is_none_of_ours_is_not_found(client, as_, db):
    assert client.get("/join/nonsense/").status_code == 404
    assert "does not work" in client.get("/join/nonsense/").content.decode()
    assert as_(None).get("/api/join/nonsense/").status_code == 404
    assert as_(None).post("/api/join/nonsense/", NEW, format="json").status_code == 404


def test_a_link_for_several_people_works_so_often(client, as_, invite, project, person):
    secret = invite(max_uses=2)
    answers = [as_(person(name)).post(f"/api/join/{secret}/").status_code for name in ("one", "two", "three")]
    assert answers == [200, 200, 409]
    assert Invitation.objects.get().uses == 2
    assert project.memberships.count() == 3


def test_through_the_api_one_joins_or_makes_an_account(as_, invite, project, stranger):
    secret = invite(max_uses=2)
    seen = as_(None).get(f"/api/join/{secret}/").json()
    assert (seen["project"], seen["role"], seen["created_by"]) == ("Signs", "annotator", "owner")
    joined = as_(stranger).post(f"/api/join/{secret}/").json()
    assert joined == {"username": "stranger", "project": project.pk, "role": "annotator", "joined": True}
    assert as_(stranger).post(f"/api/join/{secret}/").json()["joined"] is False
    assert as_(None).post(f"/api/join/{secret}/", {"username": "x"}, format="json").status_code == 400
    made = as_(None).post(f"/api/join/{secret}/", NEW, format="json")
    assert made.status_code == 201
    body = {"username": "ada", "password": NEW["password"]}
    assert as_(None).post("/api/auth/token/", body, format="json").status_code == 200
    assert as_(None).delete(f"/api/join/{secret}/").status_code == 405


def test_an_invitation_to_the_site_gives_an_account_and_no_project(client, as_, invite, owner, stranger):
    secret = invite(role="", to=None)
    client.force_login(stranger)
    assert "You have an account already" in client.get(f"/join/{secret}/").content.decode()
    client.logout()
    assert "Welcome to LabelApp" in client.get(f"/join/{secret}/").content.decode()
    assert client.post(f"/join/{secret}/", NEW).url == "/"
    assert not User.objects.get(username="ada").memberships.exists()
    assert Invitation.objects.get().state == "used_up"


def test_who_opens_too_many_has_to_wait(client, as_, invite, monkeypatch):
    monkeypatch.setattr(InvitationThrottle, "rate", "3/min", raising=False)
    secret = invite()
    assert [client.get(f"/join/{secret}/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert as_(None).get(f"/api/join/{secret}/").status_code == 429


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_only_one_gets_a_link_for_one(invite, person):
    people = [person(f"p{number}") for number in range(8)]
    invite()

    def join(someone):
        try:
            return Invitation.objects.get().join(someone)
        except Conflict:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(join, people)) == 1
    assert Membership.objects.count() == 2
    assert Invitation.objects.get().people.count() == 1
