"""On the real site: one grep follows an upload, and a Redis that hangs does not make anything else hang."""

import contextlib
import io
import json
import os
import signal

import pytest
import requests
from PIL import Image as Picture

from tests.site import RunningSite
from tests.training.conftest import eventually

pytestmark = [pytest.mark.site, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    running = RunningSite(
        tmp_path_factory.mktemp("watched"), LABELAPP_LOG_FORMAT="json", LABELAPP_LOG_LEVEL="INFO"
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def api(site):
    session = requests.Session()
    session.headers["Authorization"] = f"Token {site.token}"
    return session


def lines_with(site: RunningSite, text: str) -> list[dict]:
    return [json.loads(line) for line in list(site.lines) if text in line]


def test_one_grep_follows_an_upload_from_the_request_to_the_thumbnail(site, api):
    project = api.post(f"{site.address}/api/projects/", json={"name": "Signs"}, timeout=30).json()["id"]
    file = io.BytesIO()
    Picture.effect_noise((64, 48), 40).save(file, "PNG")
    answer = api.post(
        f"{site.address}/api/projects/{project}/images/", files={"files": ("a.png", file.getvalue())}, timeout=30
    )
    request_id = answer.headers["X-Request-ID"]

    def task_done() -> list[dict]:
        found = lines_with(site, request_id)
        return [
            line for line in found if line.get("task", "").endswith("prepare_images") and "succeeded" in line["message"]
        ]

    assert eventually(task_done, 60), site.output[-3000:]
    [request] = [line for line in lines_with(site, request_id) if line["logger"] == "labelapp.request"]
    assert (request["service"], request["path"]) == ("web", f"/api/projects/{project}/images/")
    assert request["person_id"] >= 1
    assert task_done()[0]["service"] == "light"


def test_every_line_of_every_process_is_json(site, api):
    assert eventually(
        lambda: {"web", "light", "train", "beat"} <= {line["service"] for line in lines_with(site, "{")}, 60
    )
    for line in lines_with(site, ""):
        assert {"time", "level", "logger", "message", "service"} <= set(line)


def test_workers_and_beat_are_known_and_a_hanging_redis_costs_only_its_part(site, api):
    def workers() -> dict:
        return api.get(f"{site.address}/api/status/workers/", timeout=30).json()["content"]

    assert eventually(lambda: workers()["beats"] == 1 and len(workers()["workers"]) == 3, 60), workers()
    assert {each["kind"] for each in workers()["workers"]} == {"worker", "beat"}
    [redis] = site.pids("redis-server")
    os.kill(redis, signal.SIGSTOP)
    try:
        # Far below what anything would wait that knows no limit.
        found = api.get(f"{site.address}/api/status/", timeout=45).json()
        assert found["state"] == "problem"
        assert found["parts"]["queues"]["content"] is None
        assert found["parts"]["data"]["content"]["counts"]["projects"] >= 1
        metrics = requests.get(f"{site.address}/metrics", timeout=30).text
        assert 'labelapp_up{part="redis"} 0.0' in metrics
        assert 'labelapp_up{part="jobs"} 1.0' in metrics
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(redis, signal.SIGCONT)
    assert eventually(
        lambda: api.get(f"{site.address}/api/status/", timeout=30).json()["parts"]["queues"]["content"], 60
    )


def test_a_worker_that_is_killed_is_known_again_when_it_is_back(site, api):
    def pids() -> list[int]:
        found = api.get(f"{site.address}/api/status/workers/", timeout=30).json()["content"]["workers"]
        return [each["pid"] for each in found if each["name"].startswith("light@") and each["alive"]]

    assert eventually(pids, 60)
    [killed] = pids()
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: pids() not in ([], [killed]), 90)
