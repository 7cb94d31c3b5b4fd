"""500 viewers of one run's events on one web process: how late events come, and what the process needs for it.

    python -m benchmarks.viewers [viewers] [seconds]

Two events a second go the way a worker sends them, through Redis; each viewer is an open request of server-sent
events. The delay is from before the event is sent until a viewer has read it; one process plays all viewers.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import requests

from tests.site import ROOT, RunningSite

EVENTS_A_SECOND = 2.0
AGAINST = "one reader a viewer: p50 84 ms, p95 143 ms (shared reader in a trial: 29 and 60 ms)"


def main() -> None:
    given = [int(each) for each in sys.argv[1:]]
    viewers, seconds = [*given, *(500, 20)[len(given) :]]
    with tempfile.TemporaryDirectory(prefix="bench-viewers-") as folder:
        site = RunningSite(Path(folder), LABELAPP_JOB_LOST_SECONDS="3600").start()  # no beat shall bury the run
        try:
            run = json.loads(inside(site, "run"))
            answer = requests.post(
                f"{site.address}/api/auth/token/",
                json={"username": site.username, "password": site.password},
                timeout=60,
            )
            web = psutil.Process(site.pids(r"serve\.web")[0])
            before = web.memory_info().rss
            delays, missed = asyncio.run(watch(site, answer.json()["token"], run, viewers, seconds))
            report(viewers, seconds, delays, missed, before, web.memory_info().rss)
        finally:
            site.stop()


def report(viewers: int, seconds: int, delays: list[float], missed: int, before: int, after: int) -> None:
    cut = statistics.quantiles(delays, n=100, method="inclusive")
    detail = {
        "viewers": viewers, "events": round(EVENTS_A_SECOND * seconds), "received": len(delays), "missed": missed,
        "p50_ms": round(cut[49] * 1000, 1), "p99_ms": round(cut[98] * 1000, 1), "max_ms": round(max(delays) * 1000, 1),
        "web_mib_before": before >> 20, "web_mib_after": after >> 20,
        "kib_a_viewer": round((after - before) / 1024 / viewers, 1),
    }  # fmt: skip
    print(json.dumps({
        "name": "viewers_delay_p95", "value": round(cut[94] * 1000, 1), "unit": "ms", "against": AGAINST,
        "detail": detail,
    }))  # fmt: skip


async def watch(site: RunningSite, token: str, run: int, viewers: int, seconds: int) -> tuple[list[float], int]:
    """Delays of all events that all viewers read, in seconds, and how many were not read."""
    delays: list[float] = []
    open_ones: list[asyncio.StreamWriter] = []
    tasks = []
    for _each in range(viewers):
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port, limit=1 << 20)
        lines = [
            f"GET /api/runs/{run}/events/ HTTP/1.1", f"Host: 127.0.0.1:{site.port}", f"Authorization: Token {token}",
            "Accept: text/event-stream", "", "",
        ]  # fmt: skip
        writer.write("\r\n".join(lines).encode())
        open_ones.append(writer)
        status = await reader.readline()
        assert b"200" in status, status
        tasks.append(asyncio.create_task(read(reader, delays)))
    await asyncio.sleep(1)
    publisher = threading.Thread(target=inside, args=[site, "publish", str(run), str(seconds)])
    publisher.start()
    while publisher.is_alive():
        await asyncio.sleep(0.2)
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    for writer in open_ones:
        writer.close()
    return delays, round(EVENTS_A_SECOND * seconds) * viewers - len(delays)


async def read(reader: asyncio.StreamReader, delays: list[float]) -> None:
    while line := await reader.readline():
        if line.startswith(b"data: ") and b'"sent"' in line:
            delays.append(time.time() - json.loads(line[6:])["sent"])


def inside(site: RunningSite, *arguments: str) -> str:
    """This file as a process of the site's: what it does there, below."""
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "labelapp.settings", "PYTHONPATH": str(ROOT)}
    environment |= {"REDIS_URL": redis_of(site), "LABELAPP_LOG_LEVEL": "ERROR"}
    command = [sys.executable, __file__, "--inside", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def redis_of(site: RunningSite) -> str:
    return f"unix://{site.data_dir / 'redis.sock'}"


def perform(what: str, *arguments: Any) -> None:
    import django

    django.setup()
    if what == "run":
        print(make_run())
    else:
        publish(int(arguments[0]), int(arguments[1]))


def make_run() -> int:
    """A run that goes on, as far as its row is concerned."""
    from labelapp.accounts.models import User
    from labelapp.projects.models import Project
    from labelapp.versions.models import Version
    from training.models import Run

    owner = User.objects.get(username="owner")
    project = Project.objects.start(owner, name="Bench", kind="classification")
    version = Version.objects.create(project=project, created_by=owner, number=1, status="completed")
    run = Run.objects.create(
        project=project, version=version, number=1, name="watched", status="running", epochs=10, created_by=owner
    )
    return run.pk


def publish(run: int, seconds: int) -> None:
    from training.stream import RunStream

    stream = RunStream(run)
    for number in range(round(EVENTS_A_SECOND * seconds)):
        event = {"epoch": 1, "epochs": 10, "step": number, "steps": 1000, "metrics": {"loss": 0.5, "accuracy": 0.9}}
        stream.add("step", event | {"learning_rate": 0.001, "images_per_second": 900.0, "sent": time.time()})
        time.sleep(1 / EVENTS_A_SECOND)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        perform(*sys.argv[2:])
    else:
        main()
