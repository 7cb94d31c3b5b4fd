PASSWORD = "correct horse battery"


def test_a_person_sees_and_changes_themselves(as_, owner):
    client = as_(owner)
    answer = client.patch("/api/me/", {"name": "Ada Lovelace", "email": "ada@example.org"}, format="json")
    assert answer.status_code == 200
    assert client.get("/api/me/").json()["name"] == "Ada Lovelace"
    owner.refresh_from_db()
    assert owner.initials == "AL"


def test_nobody_makes_themselves_an_admin_or_somebody_else(as_, owner):
    as_(owner).patch("/api/me/", {"is_admin": True, "username": "root"}, format="json")
    owner.refresh_from_db()
    assert not owner.is_superuser
    assert owner.username == "owner"


def test_a_wrong_email_is_named(as_, owner):
    answer = as_(owner).patch("/api/me/", {"email": "not one"}, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"email"}


def test_who_is_not_signed_in_is_told_so(as_, db):
    for path in ("/api/me/", "/api/me/tokens/"):
        assert as_(None).get(path).status_code == 401
    assert as_(None).post("/api/me/password/", {}, format="json").status_code == 401


def test_wrong_methods_are_said_to_be_wrong(as_, owner):
    client = as_(owner)
    assert client.post("/api/me/", {}, format="json").status_code == 405
    assert client.get("/api/me/password/").status_code == 405
    assert client.get("/api/me/tokens/1/").status_code == 405


def test_the_password_changes_and_this_browser_stays_signed_in(client, owner):
    client.force_login(owner)
    body = {"current_password": PASSWORD, "new_password": "staple battery horse"}
    assert client.post("/api/me/password/", body, content_type="application/json").status_code == 204
    assert client.get("/api/me/").status_code == 200
    owner.refresh_from_db()
    assert owner.check_password("staple battery horse")


def test_another_browser_is_signed_out_by_it(as_, client, owner):
    client.force_login(owner)
    body = {"current_password": PASSWORD, "new_password": "staple battery horse"}
    as_(owner).post("/api/me/password/", body, format="json")
    assert client.get("/api/me/").status_code == 401


def test_a_password_is_not_changed_without_the_present_one_or_to_a_weak_one(as_, owner):
    for body, field in (
        ({"current_password": "wrong", "new_password": "staple battery horse"}, "current_password"),
        ({"current_password": PASSWORD, "new_password": "12345"}, "new_password"),
        ({"current_password": PASSWORD}, "new_password"),
    ):
        answer = as_(owner).post("/api/me/password/", body, format="json")
        assert answer.status_code == 400
        assert set(answer.json()["error"]["fields"]) == {field}
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_a_token_is_shown_once_and_works_until_it_is_revoked(as_, owner):
    mine = as_(owner)
    made = mine.post("/api/me/tokens/", {"name": "nightly"}, format="json")
    assert made.status_code == 201
    script = as_(None)
    script.credentials(HTTP_AUTHORIZATION=f"Token {made.json()['token']}")
    assert script.get("/api/me/").status_code == 200
    [row] = mine.get("/api/me/tokens/").json()["results"]
    assert "token" not in row
    assert row["used_at"]
    assert mine.delete(f"/api/me/tokens/{row['id']}/").status_code == 204
    assert script.get("/api/me/").status_code == 401


def test_a_token_needs_a_name(as_, owner):
    assert as_(owner).post("/api/me/tokens/", {}, format="json").status_code == 400


def test_tokens_of_others_are_not_found(as_, owner, stranger):
    made = as_(owner).post("/api/me/tokens/", {"name": "mine"}, format="json").json()
    assert as_(stranger).get("/api/me/tokens/").json()["results"] == []
    assert as_(stranger).delete(f"/api/me/tokens/{made['id']}/").status_code == 404


def test_the_profile_page_shows(client, owner):
    client.force_login(owner)
    assert b"API tokens" in client.get("/profile/").content
