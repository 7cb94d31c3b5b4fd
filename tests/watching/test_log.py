"""Every line of the log says what it is about, and a request is found by its id."""

import json
import logging

import pytest
from django.urls import reverse

from labelapp.celery import app
from labelapp.images.queue import after_commit
from labelapp.images.tasks import prepare_images
from labelapp.lib import log_context
from labelapp.projects.models import Project
from labelapp.serve import lines as supervisor

logger = logging.getLogger("tests.watching")


def test_a_line_carries_what_it_is_about_only_while_that_is_worked_on(lines):
    with log_context.bound(job="export", job_id=7):
        with log_context.bound(run_id=3, person_id=lambda: None):
            logger.info("inside", extra={"path": "/x"})
        logger.info("between")
    logger.info("after")
    inside, between, after = lines("tests.watching")
    assert (inside["job"], inside["job_id"], inside["run_id"], inside["path"]) == ("export", 7, 3, "/x")
    assert "person_id" not in inside
    assert "run_id" not in between
    assert set(after) == {"time", "level", "logger", "message"}


def test_an_exception_is_one_line_with_fields(lines):
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logger.exception("It broke")
    [line] = lines("tests.watching")
    assert (line["level"], line["message"]) == ("error", "It broke")
    assert (line["error"]["type"], line["error"]["message"]) == ("ValueError", "two\nlines")
    assert "test_log.py" in line["error"]["trace"]


def test_what_celery_says_of_looking_after_jobs_is_left_out_unless_it_went_wrong(lines):
    celery = logging.getLogger("celery.app.trace")
    celery.info("Task %s[1] succeeded", "training.tasks.rescue_runs")
    celery.error("Task %s[1] raised", "training.tasks.rescue_runs")
    assert [line["level"] for line in lines("celery")] == ["error"]


def test_a_request_is_one_line_with_its_id_and_person(client, owner, lines, django_assert_num_queries):
    client.force_login(owner)
    answer = client.get("/api/me/")
    [line] = lines("labelapp.request")
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/me/", 200)
    assert line["person_id"] == owner.pk
    assert line["ms"] > 0
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_token_names_its_person_too(as_, owner, lines):
    token = as_(owner).post("/api/me/tokens/", {"name": "script"}, format="json").json()["token"]
    script = as_(None)
    script.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    script.get("/api/me/")
    assert lines("labelapp.request")[-1]["person_id"] == owner.pk


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [
        (1, "7f3e9a12-4b", True),
        (0, "7f3e9a12-4b", False),  # anybody may have written it
        (1, "short", False),
        (1, 'x" onload="y" {"level":1}', False),
        (1, "a" * 65, False),
    ],
)
def test_an_id_from_outside_is_kept_only_from_a_proxy_and_well_formed(client, settings, proxies, given, kept):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept
    assert len(answer["X-Request-ID"]) >= 8


def test_links_that_are_keys_do_not_lie_in_the_log(client, db, lines):
    client.get(reverse("setup-link", args=["very-secret-link"]))
    [line] = lines("labelapp.request")
    assert (line["path"], line["message"].split()[1]) == ("/setup/.../", "/setup/.../")
    assert "very-secret-link" not in lines.stream.getvalue()


@pytest.fixture
def broken(monkeypatch, client):
    def visible_to(*_given):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(Project.objects, "visible_to", visible_to, raising=False)
    client.raise_request_exception = False
    return client


def test_a_fault_of_ours_shows_the_id_under_which_the_log_has_it(broken, owner, lines):
    broken.force_login(owner)
    page, answer = broken.get("/projects/1/"), broken.get("/api/projects/1/")
    for each in (page, answer):
        assert each.status_code == 500
        assert each["X-Request-ID"] in each.content.decode()
    error = answer.json()["error"]
    assert error["request_id"] == answer["X-Request-ID"]
    assert error["request_id"] in error["message"]
    told = [line for line in lines("django.request") if "error" in line]
    assert [line["error"]["message"] for line in told] == ["broken on purpose"] * 2


def test_a_task_takes_the_id_of_its_request_along(own_redis, transactional_db):
    with log_context.bound(request_id="0123456789abcdef"):
        after_commit("labelapp.images.tasks.prepare_images", [])
    headers = json.loads(own_redis.lindex("light", 0))["headers"]
    assert headers["request_id"] == "0123456789abcdef"
    assert headers["queued_at"] > 1_700_000_000


def test_a_task_outside_a_request_has_none(own_redis):
    app.send_task("labelapp.images.tasks.prepare_images", args=[[]])
    assert "request_id" not in json.loads(own_redis.lindex("light", 0))["headers"]


def test_the_lines_of_a_task_name_it(lines, db):
    prepare_images.apply(args=[[]])
    logger.info("after")
    assert {line["task"] for line in lines("celery.app.trace")} == {"labelapp.images.tasks.prepare_images"}
    assert "task" not in lines("tests.watching")[0]


def test_the_supervisor_keeps_lines_as_json_and_says_whose_they_are():
    own = supervisor.as_json("light", '{"time": "now", "message": "done"}')
    assert json.loads(own) == {"service": "light", "time": "now", "message": "done"}
    bare = json.loads(supervisor.as_json("redis", '# Warning "x"'))
    assert (bare["service"], bare["message"]) == ("redis", '# Warning "x"')
    assert supervisor.readable("web", "hello") == "web    | hello"
