"""The limits on signing in cannot be got around; and nobody is shut out by others."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches

from labelapp.accounts.models import User
from labelapp.accounts.throttling import AccountThrottle, OwnPasswordThrottle, SignInThrottle
from labelapp.accounts.tries import Tries

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch):
    cache.clear()
    monkeypatch.setattr(SignInThrottle, "rate", "3/min", raising=False)
    monkeypatch.setattr(AccountThrottle, "rate", "5/hour", raising=False)
    monkeypatch.setattr(OwnPasswordThrottle, "rate", "5/hour", raising=False)


@pytest.fixture
def with_redis(redis_url, settings):
    """Tries are counted in a Redis; without this fixture there is none, and the process counts alone."""
    settings.CACHES = settings.CACHES | {"tries": settings.CACHES["tries"] | {"LOCATION": redis_url}}
    caches["tries"].clear()


@pytest.fixture(params=["with Redis", "while Redis is away"])
def either_way(request):
    if request.param == "with Redis":
        request.getfixturevalue("with_redis")


def through_the_page(client, username, password, address, **headers) -> int:
    form = {"username": username, "password": password}
    return client.post("/sign-in/", form, REMOTE_ADDR=address, **headers).status_code


def through_the_api(client, username, password, address, **headers) -> int:
    body = {"username": username, "password": password}
    return client.post(
        "/api/auth/token/", body, content_type="application/json", REMOTE_ADDR=address, **headers
    ).status_code


BOTH = pytest.mark.parametrize("sign_in", [through_the_page, through_the_api])


pytestmark = pytest.mark.usefixtures("either_way")


@BOTH
def test_headers_do_not_make_another_address(client, owner, sign_in):
    tries = [
        sign_in(client, "owner", "wrong", "10.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}",
                HTTP_X_REAL_IP=f"1.2.3.{number}", HTTP_FORWARDED=f"for=1.2.3.{number}")
        for number in range(4)
    ]  # fmt: skip
    assert tries[:3].count(429) == 0
    assert tries[3] == 429


@BOTH
def test_behind_a_proxy_only_what_the_proxy_says_counts(client, owner, sign_in, monkeypatch):
    monkeypatch.setattr("rest_framework.throttling.api_settings.NUM_PROXIES", 1)
    told = [f"6.6.6.{number}, 1.2.3.4" for number in range(4)]
    tries = [sign_in(client, "owner", "wrong", "10.0.0.1", HTTP_X_FORWARDED_FOR=each) for each in told]
    assert tries[3] == 429
    assert sign_in(client, "owner", PASSWORD, "10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.5") in (200, 302)


@BOTH
def test_many_usernames_from_one_address_count_together(client, owner, sign_in):
    assert [sign_in(client, f"person{number}", "wrong", "10.0.0.1") for number in range(4)][3] == 429


@BOTH
def test_the_second_half_of_an_ipv6_address_makes_no_other(client, owner, sign_in):
    tries = [sign_in(client, "owner", "wrong", f"2001:db8:1:2::{number}") for number in range(4)]
    assert tries[3] == 429
    assert sign_in(client, "owner", "wrong", "2001:db8:1:3::1") != 429


@BOTH
def test_many_addresses_against_one_account_are_stopped_however_its_name_is_written(client, owner, sign_in):
    names = ["owner", "Owner", "OWNER", "ｏｗｎｅｒ", "oWner", "owneR"]
    tries = [sign_in(client, name, "wrong", f"10.0.1.{number}") for number, name in enumerate(names)]
    assert tries[:5].count(429) == 0
    assert tries[5] == 429
    assert sign_in(client, "owner", PASSWORD, "10.0.2.1") == 429
    assert sign_in(client, "somebody else", "wrong", "10.0.2.2") != 429


@BOTH
def test_who_signs_in_under_a_name_that_looks_alike_may_guess_no_more(client, db, owner, sign_in):
    User.objects.create_user("straße", password=PASSWORD)
    User.objects.create_user("strasse", password=PASSWORD)
    assert sign_in(client, "straße", PASSWORD, "10.0.0.7") in (200, 302)
    client.logout()
    for number in range(6):
        sign_in(client, "strasse", "wrong", f"10.0.1.{number}")
    assert sign_in(client, "strasse", "wrong", "10.0.0.7") == 429


@BOTH
def test_a_person_is_not_shut_out_by_what_others_try_elsewhere(client, owner, sign_in):
    assert sign_in(client, "owner", PASSWORD, "10.0.0.7") in (200, 302)
    client.logout()
    for number in range(6):
        sign_in(client, "owner", "wrong", f"10.0.1.{number}")
    assert sign_in(client, "owner", PASSWORD, "10.0.0.7") in (200, 302)


def test_page_and_api_count_together(client, owner):
    for number in range(2):
        through_the_page(client, "owner", "wrong", "10.0.0.1")
        through_the_api(client, f"other{number}", "wrong", "10.0.0.1")
    assert through_the_page(client, "owner", PASSWORD, "10.0.0.1") == 429


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "1", "{", '{"username": {"a": 1}, "password": []}'])
def test_bodies_without_meaning_are_told_so(client, db, body):
    answer = client.post("/api/auth/token/", body, content_type="application/json", REMOTE_ADDR="10.0.0.1")
    assert answer.status_code == 400


def test_right_passwords_do_not_count(client, owner):
    for number in range(8):
        assert through_the_api(client, "owner", PASSWORD, f"10.0.1.{number}") == 200
    assert through_the_api(client, "owner", "wrong", "10.0.3.1") == 400


def test_who_may_not_try_from_an_address_uses_up_nothing_of_the_account(client, owner):
    for _number in range(9):
        through_the_api(client, "owner", "wrong", "10.0.0.1")
    assert through_the_api(client, "owner", PASSWORD, "10.0.0.2") == 200


def test_of_many_at_once_no_more_than_the_limit_come_through():
    barrier = threading.Barrier(16)

    def attempt(_number) -> int:
        barrier.wait()
        return Tries("somebody", 60).add()

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(attempt, range(16))) == list(range(1, 17))


def test_the_tries_of_others_push_out_no_count():
    for _number in range(5):
        Tries("owner", 60).add()
    for number in range(1000):
        Tries(f"person{number}", 60).add()
    assert Tries("owner", 60).add() == 6


def test_what_is_counted_with_redis_counts_in_every_process(client, owner, with_redis):
    for _number in range(4):
        through_the_api(client, "owner", "wrong", "10.0.0.1")
    cache.clear()  # as in a process that has just started
    assert through_the_api(client, "owner", PASSWORD, "10.0.0.1") == 429


def test_after_the_window_one_may_try_again_and_is_told_when(client, owner, monkeypatch):
    now = 1_800_000_000.0
    monkeypatch.setattr("labelapp.accounts.tries.time.time", lambda: now)
    form = {"username": "owner", "password": "wrong"}
    for _number in range(4):
        answer = client.post("/sign-in/", form, REMOTE_ADDR="10.0.0.1")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "61"


def test_a_stolen_session_does_not_find_out_the_password(as_, owner):
    def change(password, new="staple battery horse"):
        body = {"current_password": password, "new_password": new}
        return as_(owner).post("/api/me/password/", body, format="json", REMOTE_ADDR="10.0.0.9").status_code

    assert [change(PASSWORD, new="1") for _number in range(6)] == [400] * 6  # right, and too weak
    assert [change("wrong") for _number in range(6)] == [400] * 5 + [429]
    assert change(PASSWORD) == 429
