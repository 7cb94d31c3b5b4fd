"""Making, seeing and withdrawing links by which people join."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labelapp.accounts.models import Token
from labelapp.projects.models import AuditEntry, Invitation, Membership, Role


@pytest.fixture
def address(project):
    return f"/api/projects/{project.pk}/invitations/"


@pytest.fixture
def admin(person):
    admin = person("admin")
    admin.change(is_superuser=True)
    return admin


def test_an_owner_makes_a_link_that_is_told_once_and_kept_as_a_digest(as_, owner, address):
    answer = as_(owner).post(address, {"role": "reviewer", "days": 3, "note": "ada@example.org"}, format="json")
    assert answer.status_code == 201
    made = answer.json()
    secret = made["link"].split("/")[-2]
    assert made["link"].startswith("http://testserver/join/")
    assert made["state"] == "open"
    kept = Invitation.objects.values().get()
    assert secret not in str(kept)
    assert kept["max_uses"] == 1
    assert timedelta(days=2.9) < kept["expires_at"] - timezone.now() < timedelta(days=3)
    [row] = as_(owner).get(address).json()["results"]
    assert "link" not in row
    assert (row["created_by"], row["role"], row["people"]) == ("owner", "reviewer", [])
    assert AuditEntry.objects.get(verb="invitation.made").target == "ada@example.org"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "king"}, "role"), ({"days": 0}, "days"), ({"days": 366}, "days"), ({"max_uses": 0}, "max_uses"),
        ({"max_uses": "many"}, "max_uses"), ({"note": "x" * 201}, "note"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(as_, owner, address, body, field):
    answer = as_(owner).post(address, body, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {field}


def test_only_owners_see_and_make_them(as_, address, reviewer, annotator, viewer, stranger):
    for person, status in ((reviewer, 403), (annotator, 403), (viewer, 403), (stranger, 404), (None, 401)):
        assert as_(person).get(address).status_code == status
        assert as_(person).post(address, {}, format="json").status_code == status


def test_withdrawing_ends_it_and_keeps_it_in_the_list(as_, owner, project, address):
    invitation, _plain = Invitation.objects.make(owner, project, "viewer", 7)
    path = f"/api/invitations/{invitation.pk}/"
    assert as_(owner).delete(path).status_code == 204
    assert as_(owner).delete(path).status_code == 204
    assert as_(owner).get(address).json()["results"][0]["state"] == "revoked"
    assert AuditEntry.objects.filter(verb="invitation.withdrawn").count() == 1


def test_a_lost_link_is_made_anew_and_the_old_one_stops(as_, owner, project):
    invitation, old = Invitation.objects.make(owner, project, "viewer", 7)
    new = as_(owner).post(f"/api/invitations/{invitation.pk}/link/").json()["link"].split("/")[-2]
    assert Invitation.objects.with_secret(old) is None
    assert Invitation.objects.with_secret(new) == invitation
    invitation.withdraw(owner)
    assert as_(owner).post(f"/api/invitations/{invitation.pk}/link/").status_code == 409


def test_invitations_of_others_are_not_found(as_, owner, project, stranger, annotator, admin):
    invitation, _plain = Invitation.objects.make(owner, project, "viewer", 7)
    for person, status in ((stranger, 404), (admin, 404), (annotator, 403), (None, 401)):
        assert as_(person).delete(f"/api/invitations/{invitation.pk}/").status_code == status
        assert as_(person).post(f"/api/invitations/{invitation.pk}/link/").status_code == status
    assert as_(owner).delete("/api/invitations/999999/").status_code == 404
    assert as_(owner).get(f"/api/invitations/{invitation.pk}/").status_code == 405
    invitation.refresh_from_db()
    assert invitation.state == "open"


def test_site_admins_invite_to_the_site(as_, admin, owner):
    made = as_(admin).post("/api/invitations/", {"note": "new colleague"}, format="json")
    assert made.status_code == 201
    assert (made.json()["project"], made.json()["role"]) == (None, "")
    assert [each["id"] for each in as_(admin).get("/api/invitations/").json()["results"]] == [made.json()["id"]]
    path = f"/api/invitations/{made.json()['id']}/"
    for person, status in ((owner, 403), (None, 401)):
        assert as_(person).get("/api/invitations/").status_code == status
        assert as_(person).post("/api/invitations/", {}, format="json").status_code == status
    assert as_(owner).delete(path).status_code == 404
    assert as_(admin).delete(path).status_code == 204


def test_a_token_of_a_project_does_not_invite_to_the_site(as_, admin, project):
    Membership.objects.create(project=project, user=admin, role=Role.OWNER)
    script = as_(None)
    script.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.issue(admin, 'script', project=project)[1]}")
    assert script.get("/api/invitations/").status_code == 403
    assert script.post("/api/invitations/", {}, format="json").status_code == 403
    assert script.post(f"/api/projects/{project.pk}/invitations/", {}, format="json").status_code == 201


@pytest.mark.parametrize("end", ["remove", "demote"])
def test_links_of_whoever_may_no_longer_invite_stop_working(as_, owner, project, annotator, end):
    Membership.objects.filter(user=annotator).update(role=Role.OWNER)
    invitation, _plain = Invitation.objects.make(annotator, project, "owner", 7)
    path = f"/api/projects/{project.pk}/members/{annotator.pk}/"
    if end == "remove":
        assert as_(owner).delete(path).status_code == 204
    else:
        assert as_(owner).patch(path, {"role": "viewer"}, format="json").status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "revoked"
