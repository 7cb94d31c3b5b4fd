"""The state of the site, for site admins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labelapp.celery import app
from labelapp.exchange.models import Export
from labelapp.version import VERSION
from labelapp.watching.api.status import PARTS
from training.models import Run, Worker

NAMES = [part.name for part in PARTS]


@pytest.fixture
def status(as_, admin):
    def read(part: str = "", user=admin) -> dict:
        answer = as_(user).get(f"/api/status/{part}/" if part else "/api/status/")
        assert answer.status_code == 200, answer.content
        return answer.json()["content"] if part else answer.json()

    return read


@pytest.fixture
def announce():
    def tell(name: str = "light@here", silent: float = 0, **facts) -> Worker:
        facts = {"kind": "worker", "node": "here", "queues": ["light", "rescue"], "version": VERSION} | facts
        worker = Worker.objects.announce(name, **facts)
        Worker.objects.filter(pk=worker.pk).update(seen_at=timezone.now() - timedelta(seconds=silent))
        return worker

    return tell


@pytest.mark.parametrize("path", ["/api/status/", *(f"/api/status/{name}/" for name in NAMES)])
def test_only_site_admins_may_ask(as_, owner, stranger, path):
    for person, code in ((owner, 403), (stranger, 403), (None, 401)):
        assert as_(person).get(path).status_code == code
    assert as_(owner).post(path).status_code in (403, 405)


def test_it_can_only_be_read(as_, admin):
    assert as_(admin).post("/api/status/").status_code == 405
    assert as_(admin).get("/api/status/nothing/").status_code == 404


def test_the_page_is_for_site_admins(client, admin, stranger):
    assert client.get("/status/").url == "/sign-in/?next=/status/"
    client.force_login(stranger)
    assert client.get("/status/").status_code == 403
    client.force_login(admin)
    page = client.get("/status/").content.decode()
    assert all(f'data-part="{name}"' in page for name in NAMES)


def test_all_parts_come_together(status, own_redis):
    parts = status()["parts"]
    assert not any(part["problem"] for part in parts.values())
    found = {name: part["content"] for name, part in parts.items()}
    assert [service["name"] for service in found["services"]["services"]] == ["database", "redis", "storage"]
    assert all(service["ms"] >= 0 for service in found["services"]["services"])
    assert found["data"]["counts"]["people"] == 1
    assert {"LabelApp", "Keras", "TensorFlow"} <= {each["name"] for each in found["versions"]["versions"]}
    assert found["versions"]["unapplied_migrations"] == []


def test_without_redis_the_rest_is_still_told(status, no_redis):
    assert status("queues") is None
    whole = status()
    queues = whole["parts"]["queues"]
    assert whole["state"] == queues["state"] == "problem"
    assert "ConnectionError" in queues["problem"]
    found = {name: part["content"] for name, part in whole["parts"].items()}
    services = {each["name"]: each for each in found["services"]["services"]}
    assert (services["redis"]["state"], services["redis"]["ms"]) == ("problem", None)
    assert services["database"]["state"] == services["storage"]["state"] == "ok"
    assert found["data"]["counts"]["projects"] == 0
    assert "redis" in [each["subject"] for each in found["findings"]["findings"]]


def test_queues_say_how_long_the_oldest_waits_and_who_takes_from_them(status, own_redis, announce):
    announce()
    app.send_task("labelapp.images.tasks.prepare_images", args=[[]])
    app.send_task("training.tasks.execute_run", args=[1])
    queues = {each["name"]: each for each in status("queues")["queues"]}
    assert (queues["light"]["length"], queues["light"]["workers"], queues["light"]["state"]) == (1, 1, "ok")
    assert 0 <= queues["light"]["oldest_seconds"] < 60
    assert (queues["train"]["length"], queues["train"]["workers"], queues["train"]["state"]) == (1, 0, "problem")
    assert queues["rescue"]["oldest_seconds"] is None


def test_a_worker_that_fell_silent_is_a_problem_and_one_that_ended_is_none(status, announce):
    announce("beat@here", kind="beat", queues=[])
    announce("light@here")
    announce("train@gone", silent=300, doing=[{"task": "training.tasks.execute_run", "argument": 1}])
    announce("old@here")
    Worker.objects.part("old@here")
    found = status("workers")
    workers = {each["name"]: each for each in found["workers"]}
    assert found["state"] == workers["train@gone"]["state"] == "problem"
    assert (workers["train@gone"]["alive"], workers["train@gone"]["doing"]) == (False, [])
    assert (workers["old@here"]["ended"], workers["old@here"]["state"]) == (True, "ok")
    assert (workers["light@here"]["alive"], found["problem"]) == (True, "")


@pytest.mark.parametrize(("beats", "state"), [(0, "problem"), (1, "ok"), (2, "warning")])
def test_exactly_one_beat_is_right(status, announce, beats, state):
    for number in range(beats):
        announce(f"beat@{number}", kind="beat", queues=[])
    found = status("workers")
    assert (found["beats"], found["state"], bool(found["problem"])) == (beats, state, beats != 1)


def test_a_clock_that_is_off_and_an_old_version_are_told(status, announce):
    announce("beat@here", kind="beat")
    announce("a@far", clock_offset=-9.5)
    announce("b@far", version="0.0.1")
    problems = {each["name"]: each["problem"] for each in status("workers")["workers"]}
    assert "-9.5" in problems["a@far"]
    assert "0.0.1" in problems["b@far"]


def test_what_a_worker_does_has_a_link_for_members_only(status, announce, project, admin, other_admin):
    export = Export.objects.create(project=project, created_by=admin)
    announce(doing=[{"task": Export.task, "id": "x", "argument": export.pk, "since": 1.0}])
    [own] = status("workers")["workers"][0]["doing"]
    assert (own["title"], own["since"]) == (f"Export {export.pk}", 1.0)
    assert str(project.pk) in own["href"]
    [other] = status("workers", user=other_admin)["workers"][0]["doing"]
    assert (other["title"], other["href"]) == (own["title"], "")


def test_what_waits_too_long_or_lost_its_worker_is_listed(status, project, admin, other_admin):
    long_ago = timezone.now() - timedelta(hours=2)
    waiting, silent, fine = (
        Export.objects.create(project=project, created_by=admin, status=status)
        for status in ("queued", "running", "queued")
    )
    Export.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    Export.objects.filter(pk=silent.pk).update(heartbeat_at=long_ago)
    found = status("work")
    assert found["state"] == "warning"
    assert {each["title"] for each in found["stuck"]} == {f"Export {waiting.pk}", f"Export {silent.pk}"}
    assert found["stuck"][0]["project"]["name"] == project.name
    assert found["stuck"][0]["created_by"] == "owner"
    [counts] = found["counts"]
    assert (counts["kind"], counts["running"], counts["waiting"], counts["failed"]) == ("export", 1, 2, 0)
    theirs = status("work", user=other_admin)["stuck"][0]
    assert (theirs["project"]["name"], theirs["project"]["href"], theirs["href"]) == ("", "", "")
    assert fine.pk


def test_old_announcements_are_forgotten_and_their_runs_stay(announce, db):
    announce("ancient@container-1", silent=8 * 24 * 3600)
    announce("yesterday@container-2", silent=24 * 3600)
    Worker.objects.forget_the_old()
    assert [worker.name for worker in Worker.objects.all()] == ["yesterday@container-2"]
    assert Run.objects.count() == 0
