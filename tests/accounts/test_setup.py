import pytest
from django.core.management import CommandError, call_command

from labelapp.accounts.models import User
from labelapp.accounts.setup import announce_setup, token_file

GOOD = {"username": "ada", "password": "correct horse battery", "again": "correct horse battery"}


@pytest.fixture(autouse=True)
def no_account_in_the_environment(monkeypatch, db):
    monkeypatch.delenv("LABELAPP_ADMIN_USERNAME", raising=False)
    monkeypatch.delenv("LABELAPP_ADMIN_PASSWORD", raising=False)


def test_every_page_leads_to_the_setup_while_nobody_has_an_account(client):
    page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == "/setup/"
    assert "one-time link" in page.content.decode()


def test_the_link_makes_a_site_admin_and_signs_them_in(client):
    link = announce_setup()
    assert client.get(link).status_code == 200
    assert client.post(link, GOOD).url == "/"
    assert client.get("/").status_code == 200
    assert User.objects.get().is_superuser


def test_the_link_works_once(client):
    link = announce_setup()
    client.post(link, GOOD)
    client.post("/sign-out/")
    assert client.post(link, GOOD | {"username": "eve"}).url == "/"
    assert User.objects.count() == 1
    assert announce_setup() is None


def test_a_new_start_makes_the_old_link_useless(client):
    old, new = announce_setup(), announce_setup()
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_the_link_itself_is_kept_nowhere():
    link = announce_setup()
    assert link.split("/")[-2] not in token_file().read_text()
    assert token_file().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"username": ""}, "This field is required"),
        ({"username": "a b"}, "valid username"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "password", "again": "password"}, "too common"),
        ({"again": "something else"}, "not the same"),
    ],
)
def test_a_bad_form_is_explained_and_makes_nobody(client, change, told):
    page = client.post(announce_setup(), GOOD | change)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert not User.objects.exists()


def test_the_environment_makes_the_account_without_asking(monkeypatch):
    monkeypatch.setenv("LABELAPP_ADMIN_USERNAME", "ada")
    monkeypatch.setenv("LABELAPP_ADMIN_PASSWORD", "correct horse battery")
    assert announce_setup() is None
    call_command("ensure_owner")
    call_command("ensure_owner")
    assert User.objects.get().is_superuser


def test_ensure_owner_says_what_it_needs():
    with pytest.raises(CommandError, match="LABELAPP_ADMIN_USERNAME"):
        call_command("ensure_owner")
