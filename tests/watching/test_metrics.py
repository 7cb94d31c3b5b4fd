"""What Prometheus is told, and who is told."""

import re

import pytest

from labelapp.celery import app
from labelapp.exchange.models import Export
from labelapp.images.models import Image
from training.models import Worker

TOKEN = "a-long-random-token"


def read(client, **headers) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.content
    found = re.findall(r"^(\w+(?:\{[^}]*\})?) ([\d.e+-]+)$", answer.content.decode(), re.MULTILINE)
    return {name: float(value) for name, value in found}


def test_a_program_on_this_machine_may_read_them(client, db):
    assert read(client)['labelapp_up{part="database"}'] == 1


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.0.2.7", {}),
        ("", {}),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.7"}),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
    ],
)
def test_strangers_may_not_and_neither_may_who_comes_through_a_proxy(client, address, headers):
    assert client.get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == 403


def test_behind_a_proxy_there_is_nobody_from_here(client, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    assert client.get("/metrics").status_code == 403


def test_with_a_token_only_the_token_counts(client, db, settings):
    settings.METRICS_TOKEN = TOKEN
    for given in ("", "Bearer wrong", f"Token {TOKEN}", "Bearer ", f"Bearer {TOKEN}x", "Bearer ü"):
        answer = client.get("/metrics", headers={"Authorization": given})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert read(client, Authorization=f"Bearer {TOKEN}")
    assert (
        client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    )


def test_they_can_only_be_read(client):
    assert client.post("/metrics").status_code == 405


def test_requests_are_counted_by_pattern_not_by_address(client, owner, project):
    client.force_login(owner)
    name = 'labelapp_http_requests_total{method="GET",route="/api/projects/<int:pk>/",status="404"}'
    before = read(client).get(name, 0)
    for pk in (990, 991):
        client.get(f"/api/projects/{pk}/")
    client.generic("BREW", "/nowhere/")
    after = read(client)
    assert after[name] == before + 2
    assert after['labelapp_http_request_seconds_count{method="GET",route="/api/projects/<int:pk>/"}'] >= 2
    assert after['labelapp_http_requests_total{method="other",route="none",status="404"}'] >= 1
    assert not [name for name in after if "/990/" in name or "BREW" in name]


def test_queues_jobs_and_workers_are_told(client, project, owner, own_redis):
    app.send_task("labelapp.images.tasks.prepare_images", args=[[]])
    Export.objects.create(project=project, created_by=owner, status="failed")
    Worker.objects.announce("light@here", node="here", queues=["light"])
    found = read(client)
    assert found['labelapp_queue_length{queue="light"}'] == 1
    assert found['labelapp_queue_length{queue="train"}'] == 0
    assert found['labelapp_jobs{job="export",status="failed"}'] == 1
    assert found['labelapp_worker_up{kind="worker",node="here",queues="light",worker="light@here"}'] == 1
    assert found["labelapp_redis_memory_bytes"] > 0
    assert found["labelapp_database_bytes"] > 0
    assert found["process_resident_memory_bytes"] > 0


def test_a_redis_that_is_away_costs_its_own_part_only(client, db, no_redis):
    found = read(client)
    assert found['labelapp_up{part="redis"}'] == 0
    assert found['labelapp_up{part="jobs"}'] == 1


def test_saved_images_are_a_counter_that_never_falls(client, project, owner):
    def add(name: str) -> Image:
        return Image.objects.create(
            project=project, created_by=owner, name=name, sha256=name * 64,
            size_bytes=1, width=1, height=1, format="PNG",
        )  # fmt: skip

    before = read(client)["labelapp_images_saved_total"]
    add("a")
    add("b").delete()
    from labelapp.watching.site_metrics import saved

    saved.forget()
    assert read(client)["labelapp_images_saved_total"] == before + 2


def test_asking_again_at_once_asks_the_database_nothing(client, db, no_redis, django_assert_num_queries):
    read(client)
    with django_assert_num_queries(0):
        read(client)
