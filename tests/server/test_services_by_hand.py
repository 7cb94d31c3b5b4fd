"""Every service of docker-compose.yml by its exact command, against real PostgreSQL and Redis: the whole loop."""

import re

import pytest
import requests

from tests.loop.api_loop import Loop, walk
from tests.server.by_hand import Services

pytestmark = [pytest.mark.site, pytest.mark.slow]

SPEC = {"task": "classification", "preset": "compact_cnn", "epochs": 2, "image_size": 16, "batch_size": 16}


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    running = Services(tmp_path_factory.mktemp("services"))
    try:
        yield running.start()
    finally:
        running.stop()


def test_the_first_visit_makes_the_owner_and_the_loop_works(services, digits_folder):
    session = services.session()
    found = re.search(r"/setup/[\w-]+/?", services.log("web"))
    assert found, services.log("web")
    page = session.get(services.address + found[0], timeout=30)
    assert page.status_code == 200
    password = "correct horse battery"
    form = {"username": "owner", "password": password, "again": password}
    form["csrfmiddlewaretoken"] = session.cookies["csrftoken"]
    made = session.post(page.url, data=form, headers={"Referer": page.url}, timeout=30)
    assert made.ok, made.text[:2000]
    assert session.cookies["sessionid"]
    assert all(cookie.secure for cookie in session.cookies)
    loop = Loop(services.address, "owner", password, services.session())
    figures = walk(loop, digits_folder, SPEC)
    assert figures["epochs"] == 2
    assert figures["images"]["refused"] == 0


def test_viewers_of_a_run_keep_no_connection_to_the_database(services, digits_folder):
    loop = Loop(services.address, "owner", "correct horse battery", services.session())
    [project] = loop.pages("/api/projects/")
    version = next(loop.pages(f"/api/projects/{project['id']}/versions/"))
    body = {"version": version["id"], "spec": SPEC | {"epochs": 500, "early_stopping": 0}}
    run = loop.call("POST", f"/api/projects/{project['id']}/runs/", json=body)
    before = services.connections()
    viewers = [
        loop.session.get(f"{services.address}/api/runs/{run['id']}/events/", stream=True, timeout=60) for _ in range(50)
    ]
    try:
        for viewer in viewers:
            assert next(viewer.iter_lines(decode_unicode=True)) == "event: status"
        assert services.connections() < before + 25
    finally:
        for viewer in viewers:
            viewer.close()
        loop.call("POST", f"/api/runs/{run['id']}/cancel/")


def test_plain_requests_are_sent_to_https_but_health_is_told(services):
    plain = services.address.replace("https", "http")
    sent = requests.get(f"{plain}/sign-in/", allow_redirects=False, timeout=30)
    assert (sent.status_code, sent.headers["Location"]) == (301, f"{services.address}/sign-in/")
    assert requests.get(f"{plain}/readyz", timeout=30).json() == {"status": "ready", "problems": {}}
    answer = services.session().get(f"{services.address}/sign-in/", timeout=30)
    assert answer.headers["Strict-Transport-Security"] == "max-age=3600"
    other = services.session().get(f"{services.address}/sign-in/", headers={"Host": "other.example"}, timeout=30)
    assert other.status_code == 400


def test_the_deployment_check_has_nothing_to_say(services):
    checked = services.run("web", "python", "manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout + checked.stderr


def test_every_service_ends_when_it_is_asked(services):
    ended = services.stop()
    assert set(ended) == set(services.services)
    assert -9 not in ended.values(), ended
