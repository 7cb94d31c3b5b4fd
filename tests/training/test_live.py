"""Server-sent events of a run, from a real uvicorn and a real Redis."""

import contextlib
import json
import os
import signal
import threading
from pathlib import Path

import pytest
import requests

from tests.loop.api_loop import ENDED, Loop
from tests.training.conftest import eventually
from tests.training.site_run import SiteRuns

pytestmark = [pytest.mark.site, pytest.mark.slow]


@pytest.fixture(scope="module")
def runs(site, digits_folder):
    return SiteRuns(site, digits_folder)


@pytest.fixture(scope="module")
def watched(runs):
    """A run of 12 epochs, and what two viewers saw of it from its beginning to its end."""
    run = runs.start(epochs=12)
    seen: list[list[tuple[str, str, str]]] = [[], []]

    def look(number: int) -> None:
        seen[number] = list(runs.watch(run))

    viewers = [threading.Thread(target=look, args=[number]) for number in range(2)]
    for viewer in viewers:
        viewer.start()
    runs.finish(run)
    for viewer in viewers:
        viewer.join(30)
        assert not viewer.is_alive(), "the stream did not end with the run"
    return run, seen


def statuses(events) -> list[str]:
    return [json.loads(data)["status"] for _id, name, data in events if name == "status"]


def epochs(events) -> list[int]:
    return [json.loads(data)["epoch"] for _id, name, data in events if name == "epoch"]


def test_all_viewers_see_every_epoch_and_the_end(watched):
    for events in watched[1]:
        assert epochs(events) == list(range(1, 13))
        assert {name for _id, name, _data in events} >= {"status", "epoch", "step", "log", "usage"}
        assert statuses(events)[-1] == "completed"
        assert statuses(events).count("completed") == 1
        assert json.loads(events[-1][2])["metrics"]["test"]


def test_who_comes_later_is_told_everything_and_sent_home(runs, watched):
    events = list(runs.watch(watched[0]))
    assert epochs(events) == list(range(1, 13))
    assert statuses(events)[-1] == "completed"


def test_a_viewer_goes_on_after_the_last_event_it_saw(runs, watched):
    run, (events, _) = watched
    sixth = next(identifier for identifier, name, data in events if name == "epoch" and json.loads(data)["epoch"] == 6)
    assert epochs(runs.watch(run, last=sixth)) == list(range(7, 13))


def test_an_id_that_is_none_is_ignored(runs, watched):
    assert epochs(runs.watch(watched[0], last="nonsense")) == list(range(1, 13))


def test_epochs_come_from_the_database_when_redis_has_lost_them(runs, watched):
    run, _ = watched
    import redis

    from labelapp.serve import broker

    with redis.Redis.from_url(f"unix://{broker.socket_path(runs.site.data_dir)}") as client:
        assert client.delete(f"run:{run['id']}:events")
    events = list(runs.watch(run))
    assert epochs(events) == list(range(1, 13))
    assert statuses(events) == ["completed"]


def test_a_viewer_of_a_waiting_run_learns_at_once_that_it_was_cancelled(runs):
    long = runs.start(epochs=500)
    waiting = runs.start()
    seen: list = []
    viewer = threading.Thread(target=lambda: seen.extend(runs.watch(waiting)))
    viewer.start()
    assert not eventually(lambda: not viewer.is_alive(), 1.5)
    runs.loop.call("POST", f"/api/runs/{waiting['id']}/cancel/")
    viewer.join(5)
    assert not viewer.is_alive()
    assert statuses(seen) == ["queued", "cancelled"]
    runs.loop.call("POST", f"/api/runs/{long['id']}/cancel/")
    assert runs.finish(long)["status"] == "cancelled"


def test_those_who_watch_hold_no_connection_to_the_database(runs):
    run = runs.start(epochs=500)
    (web,) = runs.site.pids(r"serve\.web")
    before = database_files(web)
    viewers = []
    for _each in range(20):
        viewer = runs.loop.session.get(f"{runs.site.address}/api/runs/{run['id']}/events/", stream=True)
        assert next(viewer.iter_lines())
        viewers.append(viewer)
    assert eventually(lambda: database_files(web) <= before + 4), "each viewer has a connection of their own"
    for viewer in viewers:
        viewer.close()
    runs.loop.call("POST", f"/api/runs/{run['id']}/cancel/")


def database_files(pid: int) -> int:
    """How often a process has the database or its journal open."""
    folder, found = Path(f"/proc/{pid}/fd"), 0
    for link in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            found += "labelapp.sqlite3" in str(link.readlink())
    return found


def test_the_stream_survives_a_restart_of_redis(runs):
    run = runs.start(epochs=80)
    seen: list = []
    viewer = threading.Thread(target=lambda: seen.extend(runs.watch(run)))
    viewer.start()
    assert eventually(lambda: len(epochs(seen)) >= 2)
    (server,) = runs.site.pids(r"redis-server|valkey-server")
    os.kill(server, signal.SIGKILL)
    assert runs.finish(run)["status"] == "completed"
    viewer.join(30)
    assert not viewer.is_alive()
    assert statuses(seen)[-1] == "completed"
    assert len(set(epochs(seen))) > 2


def test_a_viewer_whose_token_is_taken_away_sees_no_more(runs):
    other = Loop(runs.site.address, runs.site.username, runs.site.password)
    run = runs.start(epochs=500)
    stream = other.session.get(f"{runs.site.address}/api/runs/{run['id']}/events/", stream=True, timeout=60)
    lines = stream.iter_lines()
    assert next(lines)
    newest = max(runs.loop.call("GET", "/api/me/tokens/")["results"], key=lambda token: token["id"])
    runs.loop.call("DELETE", f"/api/me/tokens/{newest['id']}/")
    for _line in lines:
        pass
    assert runs.row(run)["status"] not in ENDED
    runs.loop.call("POST", f"/api/runs/{run['id']}/cancel/")


@pytest.mark.parametrize(
    ("method", "headers", "status", "code"),
    [
        ("GET", {}, 401, "not_signed_in"),
        ("GET", {"Authorization": "Token wrong"}, 401, "not_signed_in"),
        ("POST", {}, 405, "method_not_allowed"),
    ],
)
def test_refusals_are_json(runs, watched, method, headers, status, code):
    answer = requests.request(method, f"{runs.site.address}/api/runs/{watched[0]['id']}/events/", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_run_that_is_not_there_is_not_found(runs):
    answer = runs.loop.session.get(f"{runs.site.address}/api/runs/999999/events/")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
