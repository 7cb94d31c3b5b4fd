from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from labelapp.accounts.models import User
from tests.at_once import at_once


def test_a_site_admin_adds_a_person_who_can_sign_in(as_, admin, client):
    made = as_(admin).post("/api/people/", {"username": "grace", "name": "Grace Hopper"}, format="json")
    assert made.status_code == 201
    person = made.json()
    assert client.login(username="grace", password=person["password"])
    names = {each["username"] for each in as_(admin).get("/api/people/").json()["results"]}
    assert names == {"owner", "grace"}
    assert "password" not in as_(admin).get("/api/people/").json()["results"][0]


@pytest.mark.parametrize("body", [{}, {"username": "a b"}, {"username": "owner"}, {"username": "x", "email": "no"}])
def test_a_bad_person_is_refused(as_, admin, body):
    assert as_(admin).post("/api/people/", body, format="json").status_code == 400


def test_only_site_admins_see_and_change_people(as_, owner, stranger, client):
    for person, status in ((stranger, 403), (None, 401)):
        assert as_(person).get("/api/people/").status_code == status
        assert as_(person).post("/api/people/", {"username": "eve"}, format="json").status_code == status
        assert as_(person).patch(f"/api/people/{owner.pk}/", {"is_admin": True}, format="json").status_code == status
        assert as_(person).post(f"/api/people/{owner.pk}/password/").status_code == status
    client.force_login(stranger)
    assert client.get("/people/").status_code == 403


def test_the_people_page_is_for_site_admins(client, admin):
    assert client.get("/people/").url == "/sign-in/?next=/people/"
    client.force_login(admin)
    assert client.get("/people/").status_code == 200


def test_the_last_site_admin_stays(as_, admin, stranger):
    path = f"/api/people/{admin.pk}/"
    for answer in (
        as_(admin).patch(path, {"is_admin": False}, format="json"),
        as_(admin).put(f"{path}deactivation/", {}, format="json"),
    ):
        assert answer.status_code == 409
        assert answer.json()["error"]["code"] == "conflict"
    assert as_(admin).patch(f"/api/people/{stranger.pk}/", {"is_admin": True}, format="json").status_code == 200
    assert as_(admin).patch(path, {"is_admin": False}, format="json").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_admins_who_send_each_other_away_at_once_one_stays(as_, admin, person):
    other = person("other")
    User.objects.filter(pk=other.pk).update(is_superuser=True)
    people = {admin.pk: as_(admin), other.pk: as_(User.objects.get(pk=other.pk))}

    def demote(mine, theirs):
        return lambda: people[mine].patch(f"/api/people/{theirs}/", {"is_admin": False}, format="json").status_code

    def close(mine, theirs):
        return lambda: people[mine].put(f"/api/people/{theirs}/deactivation/", {}, format="json").status_code

    results = at_once([demote(admin.pk, other.pk), close(other.pk, admin.pk)] * 2)
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1, results


def test_an_address_counts_when_an_admin_has_given_it(as_, admin, stranger):
    as_(admin).patch(f"/api/people/{stranger.pk}/", {"email": "s@example.org"}, format="json")
    stranger.refresh_from_db()
    assert stranger.email_vouched
    as_(stranger).patch("/api/me/", {"email": "s@example.org", "name": "S"}, format="json")
    stranger.refresh_from_db()
    assert stranger.email_vouched
    as_(stranger).patch("/api/me/", {"email": "t@example.org"}, format="json")
    stranger.refresh_from_db()
    assert not stranger.email_vouched
    as_(admin).post("/api/people/", {"username": "new", "email": "n@example.org"}, format="json")
    assert User.objects.get(username="new").email_vouched


def test_a_forgotten_password_is_replaced(as_, admin, stranger):
    password = as_(admin).post(f"/api/people/{stranger.pk}/password/").json()["password"]
    stranger.refresh_from_db()
    assert stranger.check_password(password)


def test_who_is_missing_is_not_found_and_wrong_methods_are_refused(as_, admin, stranger):
    assert as_(admin).patch("/api/people/999999/", {}, format="json").status_code == 404
    assert as_(admin).post("/api/people/999999/password/").status_code == 404
    assert as_(admin).delete(f"/api/people/{stranger.pk}/").status_code == 405


@pytest.mark.parametrize("username", ["STRANGER", "ｓｔｒａｎｇｅｒ", "ＳＴＲＡＮＧＥＲ"])
def test_a_username_that_is_only_written_otherwise_is_taken(as_, admin, stranger, username):
    answer = as_(admin).post("/api/people/", {"username": username}, format="json")
    assert answer.status_code == 400
    assert "username" in answer.json()["error"]["fields"]


def test_accounts_that_an_older_release_let_have_one_name_are_told_apart(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX username_once_in_whatever_capitals")
    for name in ("Same", "same", "SAME2", "other"):
        User.objects.create_user(name)
    import_module("labelapp.accounts.migrations.0005_one_name").tell_apart(apps, None)
    assert list(User.objects.order_by("pk").values_list("username", flat=True)) == ["Same", "same3", "SAME2", "other"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_name_at_once_one_has_it():
    password = "correct horse battery"
    done = at_once([lambda name=name: User.objects.register(name, password) for name in ("Same", "same", "sAme")])
    assert sum(isinstance(each, User) for each in done) == 1
    assert [set(each.detail) for each in done if not isinstance(each, User)] == [{"username"}] * 2
