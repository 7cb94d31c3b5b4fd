import pytest

from labelapp.accounts.throttling import SignInThrottle

PASSWORD = "correct horse battery"


@pytest.fixture
def three_tries(monkeypatch):
    monkeypatch.setattr(SignInThrottle, "rate", "3/min", raising=False)


def sign_in(client, username="owner", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_projects(client, owner):
    assert sign_in(client).url == "/"
    assert client.get("/").status_code == 200


def test_signing_in_leads_to_where_one_wanted_to_go(client, owner):
    assert client.get("/profile/").url == "/sign-in/?next=/profile/"
    assert sign_in(client, next="/profile/").url == "/profile/"
    client.post("/sign-out/")
    assert sign_in(client, next="https://elsewhere.example/").url == "/"


@pytest.mark.parametrize(("username", "password"), [("owner", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_is_told_without_saying_who_exists(client, owner, username, password):
    page = sign_in(client, username, password)
    assert page.status_code == 200
    assert "The username or the password is wrong" in page.content.decode()


def test_an_account_that_is_switched_off_cannot_sign_in(client, owner):
    owner.change(is_active=False)
    assert "is wrong" in sign_in(client).content.decode()


def test_signing_out_needs_a_post(client, owner):
    client.force_login(owner)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/").status_code == 302


def test_too_many_tries_have_to_wait(client, owner, three_tries):
    for _ in range(3):
        sign_in(client, password="wrong")
    page = sign_in(client)
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "Too many tries" in page.content.decode()


def test_the_api_gives_a_token_that_works(as_, owner):
    answer = as_(None).post("/api/auth/token/", {"username": "owner", "password": PASSWORD}, format="json")
    assert answer.status_code == 200
    client = as_(None)
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    assert client.get("/api/me/").json()["username"] == "owner"


def test_the_api_refuses_a_wrong_password_clearly(as_, owner):
    answer = as_(None).post("/api/auth/token/", {"username": "owner", "password": "wrong"}, format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "The username or the password is wrong."


def test_the_api_names_what_is_missing(as_, db):
    answer = as_(None).post("/api/auth/token/", {"username": "owner"}, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"password"}


def test_the_api_takes_only_posts(as_, db):
    assert as_(None).get("/api/auth/token/").status_code == 405


def test_the_api_lets_too_many_tries_wait(as_, owner, three_tries):
    body = {"username": "owner", "password": "wrong"}
    answers = [as_(None).post("/api/auth/token/", body, format="json") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]
    assert answers[-1].json()["error"]["code"] == "too_many"
    assert "Retry-After" in answers[-1].headers


def test_a_made_up_token_is_refused(as_, db):
    client = as_(None)
    client.credentials(HTTP_AUTHORIZATION="Token nonsense")
    answer = client.get("/api/me/")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_signed_in"
