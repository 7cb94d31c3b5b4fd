"""How fast saving an annotation is answered, by 1 and by 8 clients at once, through HTTP on the running site.

    python -m benchmarks.save [saves per client]

Each client draws on images of its own in one project, one box a save, as the labelling page sends it. Redis, workers
and beat run beside the one web process, idle.
"""

import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from benchmarks.pictures import upload
from tests.site import RunningSite

CLIENTS = (1, 8)
IMAGES_EACH = 5
AGAINST = "label-studio#4986: about 2 s a save; the bar: p95 under 150 ms"


class Client:
    """One person's connection, kept open."""

    def __init__(self, port: int, token: str = ""):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._token = token

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Token {self._token}"
        self._connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        assert answer.status < 300, (method, path, answer.status, text[:300])
        return json.loads(text)


def main() -> None:
    saves = int([*sys.argv[1:], "200"][0])
    with tempfile.TemporaryDirectory(prefix="bench-save-") as folder:
        site = RunningSite(Path(folder)).start()
        try:
            measure(site, saves)
        finally:
            site.stop()


def measure(site: RunningSite, saves: int) -> None:
    token = Client(site.port).call(
        "POST", "/api/auth/token/", {"username": site.username, "password": site.password}
    )["token"]  # fmt: skip
    client = Client(site.port, token)
    project = client.call("POST", "/api/projects/", {"name": "Bench", "kind": "detection"})["id"]
    label = client.call("POST", f"/api/projects/{project}/classes/", {"name": "car"})["id"]
    images = upload(site, token, project, IMAGES_EACH * max(CLIENTS))
    alone: dict[str, float] = {}
    for clients in CLIENTS:
        shares = [images[number * IMAGES_EACH :][:IMAGES_EACH] for number in range(clients)]
        seconds, wall = together(site.port, token, label, shares, saves)
        found = {"p50_ms": quantile(seconds, 0.5), "p95_ms": quantile(seconds, 0.95), "rate": len(seconds) / wall}
        alone = alone or found
        rounded = {key: round(value, 1) for key, value in found.items()}
        detail = rounded | {"clients": clients, "saves": len(seconds), "rate_over_one": found["rate"] / alone["rate"]}
        print(json.dumps({
            "name": f"save_p95_{clients}", "value": round(found["p95_ms"], 1), "unit": "ms", "against": AGAINST,
            "detail": detail | {"rate_over_one": round(detail["rate_over_one"], 2)},
        }))  # fmt: skip


def together(port: int, token: str, label: int, shares: list[list[int]], saves: int) -> tuple[list[float], float]:
    """Seconds of each save, and of all together."""
    times: list[list[float]] = [[] for _each in shares]
    start = threading.Barrier(len(shares) + 1)

    def person(number: int) -> None:
        client, revisions = Client(port, token), {}
        for image in shares[number]:
            revisions[image] = client.call("GET", f"/api/images/{image}/annotations/")["revision"]
        start.wait()
        for count in range(saves):
            image = shares[number][count % len(shares[number])]
            body = {"base_revision": revisions[image], "key": str(uuid.uuid4()), "upsert": [box(label)], "delete": []}
            began = time.perf_counter()
            revisions[image] = client.call("PATCH", f"/api/images/{image}/annotations/", body)["revision"]
            times[number].append(time.perf_counter() - began)

    threads = [threading.Thread(target=person, args=[number]) for number in range(len(shares))]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return [each for some in times for each in some], time.perf_counter() - began


def box(label: int) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "class": label, "shape": "box", "geometry": {"box": [3.5, 4.25, 12.0, 9.5]}}


def quantile(seconds: list[float], share: float) -> float:
    """In milliseconds."""
    return statistics.quantiles(seconds, n=100, method="inclusive")[round(share * 100) - 1] * 1000


if __name__ == "__main__":
    main()
