"""Signing on through a real OpenID Connect provider: the whole flow, in real HTTP, against the real site."""

import re

import pytest

from tests.accounts.oidc_provider import Provider
from tests.accounts.oidc_site import Browser, Site

pytestmark = pytest.mark.site


def person(sub: str, **claims) -> dict:
    email = f"{sub}@example.org"
    return {
        "sub": sub, "name": f"{sub.title()} Person", "preferred_username": sub, "email": email,
        "email_verified": True, **claims,
    }  # fmt: skip


@pytest.fixture(scope="module")
def provider():
    with Provider() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Of both sites, one after the other: making a database takes longer than all that is tested here."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def open_site(folder, provider):
    """Whoever has a verified address of example.org gets an account."""
    more = {"LABELAPP_OIDC_SIGN_UP": "yes", "LABELAPP_OIDC_EMAIL_DOMAINS": "Example.org"}
    with Site(folder, provider, **more) as site:
        yield site


@pytest.fixture(scope="module")
def closed_site(folder, provider):
    with Site(folder, provider) as site:
        yield site


@pytest.fixture
def at(provider):
    def browser(site: Site, **people: dict) -> Browser:
        provider.people |= people
        provider.redirect_uri = f"{site.address}/sign-in/oidc/callback/"
        return Browser(site, provider)

    return browser


def test_a_newcomer_of_the_domain_gets_an_account_and_comes_back_to_it(at, open_site, provider):
    browser = at(open_site, ada=person("ada", name="Ada Lovelace"))
    assert "Sign in with Team login" in browser.get("/sign-in/").text
    arrived = browser.sign_on("ada", next="/profile/")
    assert arrived.url == f"{open_site.address}/profile/"
    assert "You sign in without one" in arrived.text
    first = browser.me()
    assert (first["username"], first["name"], first["email"]) == ("ada", "Ada Lovelace", "ada@example.org")
    assert not first["is_admin"]
    again = at(open_site)
    again.sign_on("ada")
    assert again.me()["id"] == first["id"]
    asked = provider.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert re.fullmatch(r"[\w-]{43}", asked["code_challenge"])
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}


def test_a_code_is_worth_nothing_in_another_browser(at, open_site, provider):
    browser = at(open_site, mallory=person("mallory"))
    back = browser.session.post(browser.go_there(), {"sub": "mallory"}, allow_redirects=False, timeout=30)
    victim = at(open_site)
    assert "You are not signed in" in victim.get(back.headers["Location"]).text
    assert victim.get("/api/me/").status_code == 401


def test_two_people_who_are_called_alike_are_two_people(at, open_site):
    at(open_site, kim1=person("kim1", preferred_username="kim")).sign_on("kim1")
    second = at(open_site, kim2=person("kim2", preferred_username="KIM"))
    second.sign_on("kim2")
    assert second.me()["username"] == "KIM2"


@pytest.mark.parametrize(
    "claims",
    [{"email": "e@elsewhere.org"}, {"email_verified": False}, {"email_verified": None}, {"email": "e@notexample.org"}],
)
def test_only_verified_addresses_of_the_domains_get_an_account(at, open_site, claims):
    browser = at(open_site, eve=person("eve", **claims))
    arrived = browser.sign_on("eve")
    assert arrived.status_code == 403
    assert "verified address" in arrived.text
    assert browser.get("/api/me/").status_code == 401


def test_an_address_that_somebody_has_takes_over_no_account(at, open_site):
    owner = at(open_site)
    owner.sign_in("owner")
    owner.api("PATCH", "/api/me/", email="Boss@example.org")
    thief = at(open_site, thief=person("thief", email="boss@example.org"))
    arrived = thief.sign_on("thief")
    assert arrived.status_code == 403
    assert "Sign in with its password" in arrived.text
    assert thief.get("/api/me/").status_code == 401


def test_an_address_that_somebody_only_says_is_theirs_keeps_nobody_out(at, open_site):
    rival = at(open_site, rival=person("rival"))
    rival.sign_on("rival")
    assert rival.api("PATCH", "/api/me/", email="grace@example.org").status_code == 200
    grace = at(open_site, grace=person("grace"))
    assert grace.sign_on("grace").status_code == 200
    assert grace.me()["email"] == "grace@example.org"
    second = at(open_site, grace2=person("grace2", email="grace@example.org"))
    assert second.sign_on("grace2").status_code == 403


def test_saying_no_there_leads_back_with_a_reason(at, open_site):
    arrived = at(open_site).sign_on("nobody-known")
    assert arrived.status_code == 403
    assert "You have cancelled it there" in arrived.text


def test_only_a_post_with_its_token_leads_to_the_provider(at, open_site):
    browser = at(open_site)
    assert browser.get("/sign-in/oidc/login/").status_code == 405
    assert browser.session.post(f"{open_site.address}/sign-in/oidc/login/", {}, timeout=30).status_code == 403
    assert browser.get("/sign-in/elsewhere/callback/").status_code == 404


def test_after_signing_on_one_stays_on_this_site(at, open_site):
    browser = at(open_site, bob=person("bob"))
    assert browser.sign_on("bob", next="https://elsewhere.example/").url.startswith(open_site.address)


def test_who_is_deactivated_does_not_come_in_this_way_either(at, open_site):
    at(open_site, gone=person("gone")).sign_on("gone")
    owner = at(open_site)
    owner.sign_in("owner")
    people = owner.get("/api/people/").json()["results"]
    pk = next(each["id"] for each in people if each["username"] == "gone")
    assert owner.api("PUT", f"/api/people/{pk}/deactivation/").status_code == 200
    back = at(open_site)
    assert "is deactivated" in back.sign_on("gone").text
    assert back.get("/api/me/").status_code == 401


def test_without_sign_up_strangers_stay_out(at, closed_site):
    browser = at(closed_site, stranger=person("stranger"))
    arrived = browser.sign_on("stranger")
    assert arrived.status_code == 403
    assert "You have no account here" in arrived.text


def test_an_account_is_connected_used_and_disconnected(at, closed_site):
    browser = at(closed_site, carol=person("carol"))
    browser.sign_in("owner")
    assert "Connect with Team login" in browser.get("/profile/").text
    arrived = browser.sign_on("carol", process="connect", next="/profile/")
    assert "Connected with your account" in arrived.text
    other = at(closed_site)
    other.sign_on("carol")
    assert other.me()["username"] == "owner"
    assert browser.api("DELETE", "/api/me/sign-on/").status_code == 204
    assert browser.api("DELETE", "/api/me/sign-on/").status_code == 404
    assert "You have no account here" in at(closed_site).sign_on("carol").text


def test_an_invitation_opens_the_door_for_one_person(at, closed_site):
    owner = at(closed_site)
    owner.sign_in("owner")
    project = owner.api("POST", "/api/projects/", name="Signs").json()["id"]
    link = owner.api("POST", f"/api/projects/{project}/invitations/", role="viewer").json()["link"]
    path = link.removeprefix(closed_site.address)
    guest = at(closed_site, guest=person("guest", email="guest@far.away"))
    assert "Sign in with Team login" in guest.get(path).text
    arrived = guest.sign_on("guest", next=path)
    assert "You are in this project already, as Viewer" in arrived.text
    assert guest.get(f"/api/projects/{project}/").json()["role"] == "viewer"
    late = at(closed_site, late=person("late"))
    assert "You have no account here" in late.sign_on("late", next=path).text
    # The only way in is not cut off.
    assert guest.api("DELETE", "/api/me/sign-on/").status_code == 409


def test_a_provider_that_is_out_of_order_is_said_to_be(at, open_site, provider, monkeypatch):
    browser = at(open_site, dave=person("dave"))
    back = browser.session.post(browser.go_there(), {"sub": "dave"}, allow_redirects=False, timeout=30)
    monkeypatch.setattr(provider, "broken", True)
    for answer in (browser.get(back.headers["Location"]), at(open_site).post("/sign-in/oidc/login/")):
        assert answer.status_code == 403
        assert "cannot be reached" in answer.text
