"""Every page and list over images at 1,000 and at 100,000 of them, asked of the running web process over HTTP.

    python -m benchmarks.gallery [--database sqlite|postgresql] [--kind detection] [--images 100000] [--requests 50]
                                 [--only TEXT]

One uvicorn process answers, as `make run` starts it. The small and the large project lie in the same database and are
asked in turn, ten requests each, so that what else the machine does meets both. Values are the p95 at the large size in
milliseconds; ``cpu`` is what the web process itself spent on a request, which does not tell how busy the machine is.
"""

import argparse
import base64
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.many_images import KINDS, SAVED
from benchmarks.postgres import NoPostgres, free_port, temporary_postgres
from benchmarks.web import ROOT, Browser, Web, answered, milliseconds, web_process

SMALL = 1000
ORDERINGS = ["-id", "id", "name", "-name", "-updated", "updated", "-size", "-created"]
UNLABELLED = [("status", "new"), ("status", "in_progress"), ("status", "sent_back")]
PER_BLOCK = 10
LIMIT = {"p95_ms": 300, "ratio": 1.5}


@dataclass
class Asked:
    """One kind of request: its name, and how it is made for a project."""

    name: str
    path: Callable[[dict[str, Any]], str]


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--database", choices=["sqlite", "postgresql"])
    given.add_argument("--kind", choices=KINDS)
    given.add_argument("--images", type=int, default=100_000)
    given.add_argument("--requests", type=int, default=50)
    given.add_argument("--only", default="")
    chosen = given.parse_args()
    for database in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        with contextlib.ExitStack() as stack:
            try:
                address = stack.enter_context(temporary_postgres()) if database == "postgresql" else ""
            except NoPostgres as problem:
                print(problem, file=sys.stderr)
                continue
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-gallery-"))
            environment = os.environ | {
                "LABELAPP_DATA_DIR": folder, "DATABASE_URL": address, "LABELAPP_PORT": str(free_port()),
                "LABELAPP_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT),
            }  # fmt: skip
            kinds = [chosen.kind] if chosen.kind else KINDS
            projects = fill(environment, [SMALL, chosen.images], *kinds)
            web = stack.enter_context(web_process(environment))
            for kind in kinds:
                pair = [each for each in projects if each["kind"] == kind]
                failed = Measuring(web, database, pair, chosen.requests).perform(chosen.only)
                line(f"gallery/{kind}/over the limits", database, len(failed), unit="requests", names=failed)


def fill(environment: dict[str, str], sizes: list[int], *more: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.many_images", *map(str, sizes), *more]
    filled = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return list(json.loads(filled.stdout.splitlines()[-1]))


class Measuring:
    def __init__(self, web: Web, database: str, projects: list[dict], requests: int):
        self.web, self.database, self.projects = web, database, projects
        self.kind = projects[0]["kind"]
        self.blocks = max(1, requests // PER_BLOCK)
        self.browsers = [Browser(web.port, each["session"]) for each in projects]

    def perform(self, only: str) -> list[str]:
        """Prints a line for every kind of request; returns the names of those that are over a limit."""
        first = [milliseconds(lambda b=b, p=p: b.get(counts_of(p))) for b, p in self._pairs()]
        line(f"gallery/{self.kind}/first look after a start", self.database, first[1], small_ms=first[0])
        failed = []
        for asked in everything_asked():
            if only in asked.name:
                failed += self._told(asked.name, lambda b, p, _n, a=asked: get(b, a.path(p)))
        if only in "save an annotation":
            failed += self._told("save an annotation", save)
        if only in "counts after a save":
            failed += self._told("counts after a save", counts_after_a_save)
        return failed

    def _pairs(self) -> Iterator[tuple["Browser", dict]]:
        return zip(self.browsers, self.projects, strict=True)

    def _told(self, name: str, ask: Callable[["Browser", dict, int], float]) -> list[str]:
        times: list[list[float]] = [[], []]
        cpu = [0.0, 0.0]
        for block in range(self.blocks + 1):
            for index, (browser, project) in enumerate(self._pairs()):
                before = self.web.cpu_ms
                numbers = range(block * PER_BLOCK, (block + 1) * PER_BLOCK)
                measured = [ask(browser, project, number) for number in numbers]
                if block:  # the first is for warming up
                    times[index] += measured
                    cpu[index] += self.web.cpu_ms - before
        count = self.blocks * PER_BLOCK
        return told(f"gallery/{self.kind}/{name}", self.database, times, [each / count for each in cpu])


def everything_asked() -> Iterator[Asked]:
    def page(text: str) -> Callable[[dict], str]:
        return lambda project: text.format(**project)

    def images(*pairs: tuple[str, str], counts: bool = False, queue: bool = False) -> Callable[[dict], str]:
        place = "counts/" if counts else ""

        def path(project: dict) -> str:
            query = urlencode([(key, value.format(**project)) for key, value in pairs])
            where = "queue/" if queue else f"images/{place}"
            return f"/api/projects/{project['project']}/{where}?{query}"

        return path

    yield Asked("gallery page", page("/projects/{project}/images/"))
    yield Asked("label page", page("/projects/{project}/label/"))
    yield Asked("project page", page("/projects/{project}/"))
    yield Asked("projects page", page("/"))
    yield Asked("list of projects", page("/api/projects/"))
    for ordering in ORDERINGS:
        yield Asked(f"first page by {ordering}", images(("ordering", ordering)))
        yield Asked(f"rare class by {ordering}", images(("class", "{rare}"), ("ordering", ordering)))
    for name, pairs in FILTERS.items():
        yield Asked(f"list, {name}", images(*pairs))
        yield Asked(f"counts, {name}", images(*pairs, counts=True))
    yield Asked("deep page by -id", lambda project: images(("cursor", cursor(project, "middle")))(project))
    yield Asked("deep page by name", lambda p: images(("cursor", cursor(p, "middle_name")), ("ordering", "name"))(p))
    for order in ("name", "id", "uncertainty", "random"):
        asked = [*UNLABELLED, ("order", order), ("after", "0")]
        yield Asked(f"next unlabelled by {order}", images(*asked, queue=True))
        around = [("image", "{middle}"), ("before", "30"), ("after", "60"), ("order", order)]
        yield Asked(f"queue in the middle by {order}", images(*around, queue=True))
    yield Asked("queue of suggested", images(("suggested", "true"), ("order", "uncertainty"), queue=True))


FILTERS: dict[str, list[tuple[str, str]]] = {
    "no filter": [],
    "status": [("status", "labelled")],
    "statuses": UNLABELLED,
    "common class": [("class", "{common}")],
    "rare class": [("class", "{rare}")],
    "two classes": [("class", "{rare}"), ("class", "{common}")],
    "no class": [("class", "none")],
    "split": [("split", "test")],
    "no split": [("split", "none")],
    "source": [("source", "auto")],
    "search, common": [("search", "day")],
    "search, rare": [("search", "IMG_000123")],
    "search, nothing": [("search", "no such name")],
    "status, class and split": [("status", "approved"), ("class", "{common}"), ("split", "validation")],
    "status, rare class and source": [("status", "labelled"), ("class", "{rare}"), ("source", "file")],
    "nothing left": [("status", "new"), ("class", "{rare}"), ("ordering", "name")],
    "class and search": [("class", "{common}"), ("search", "site-07")],
    "trash": [("trashed", "1")],
}


def cursor(project: dict, key: str) -> str:
    """A place in the middle of the list, as the list itself would give it."""
    text = json.dumps({"v": project[key], "i": project["middle"], "b": False}, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()


def counts_of(project: dict) -> str:
    return f"/api/projects/{project['project']}/images/counts/"


def save(browser: Browser, project: dict, number: int) -> float:
    """A box or, where an image has one class, another class for it, each time on another image; its milliseconds."""
    path = f"/api/images/{project['to_save'][number]}/annotations/"
    state = json.loads(answered(browser.get(path)))
    upsert = {"id": str(uuid.uuid4()), "class": project["rare"], "shape": "tag", "geometry": {}}
    delete = [each["id"] for each in state["annotations"]] if project["kind"] == "classification" else []
    if project["kind"] == "detection":
        upsert |= {"shape": "box", "geometry": {"box": [10, 10, 50 + number, 50]}}
    body = {"base_revision": state["revision"], "key": str(uuid.uuid4()), "upsert": [upsert], "delete": delete}
    return milliseconds(lambda: answered(browser.patch(path, body)))


def get(browser: Browser, path: str) -> float:
    return milliseconds(lambda: answered(browser.get(path)))


def counts_after_a_save(browser: Browser, project: dict, number: int) -> float:
    save(browser, project, SAVED - 1 - number)
    return get(browser, counts_of(project))


def told(name: str, database: str, times: list[list[float]], cpu: list[float]) -> list[str]:
    """Prints one result; returns its name when it is over a limit."""
    (small50, small95), (large50, large95) = (quantiles(each) for each in times)
    ratio = large50 / small50
    over = large95 >= LIMIT["p95_ms"] or ratio > LIMIT["ratio"]
    line(
        name, database, large95, p50_ms=large50, small_p95_ms=small95, small_p50_ms=small50,
        ratio_p95=large95 / small95, ratio_p50=ratio,
        cpu_ms=cpu[1], small_cpu_ms=cpu[0], ratio_cpu=cpu[1] / max(cpu[0], 0.1), over=over,
    )  # fmt: skip
    return [name] if over else []


def quantiles(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


def line(name: str, database: str, value: float, unit: str = "ms", **detail: Any) -> None:
    rounded = {key: round(each, 2) if isinstance(each, float) else each for key, each in detail.items()}
    against = f"the same at {SMALL} images; limits: p95 300 ms, ratio 1.5"
    result = {"name": name, "value": round(value, 2), "unit": unit, "against": against}
    print(json.dumps(result | {"detail": {"database": database} | rounded}), flush=True)


if __name__ == "__main__":
    main()
