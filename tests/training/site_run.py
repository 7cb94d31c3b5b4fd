"""A project with a frozen version on a running site, and runs on it, by API."""

from collections.abc import Iterator
from pathlib import Path

from tests.loop.api_loop import Loop
from tests.site import RunningSite
from tests.training.conftest import TINY, eventually


class SiteRuns:
    def __init__(self, site: RunningSite, folder: Path):
        self.site = site
        self.loop = Loop(site.address, site.username, site.password)
        self.project = self.loop.start_project("Digits")
        self.loop.upload(self.project, folder, sorted(folder.rglob("*.png"))[:72], class_from="folder")
        self.version = self.loop.freeze(self.project)["id"]

    def start(self, **spec) -> dict:
        body = {"version": self.version, "spec": TINY | spec}
        return self.loop.call("POST", f"/api/projects/{self.project}/runs/", json=body)

    def row(self, run: dict) -> dict:
        return self.loop.call("GET", f"/api/runs/{run['id']}/")

    def until_epoch(self, run: dict, epoch: int) -> dict:
        assert eventually(lambda: self.row(run)["epoch"] >= epoch and self.row(run)["checkpoint"], 180), self.row(run)
        return self.row(run)

    def finish(self, run: dict) -> dict:
        return self.loop.wait(f"/api/runs/{run['id']}/")

    def watch(self, run: dict, last: str = "") -> Iterator[tuple[str, str, str]]:
        """Id, name and data of each event, until the server ends the stream."""
        headers = {"Last-Event-ID": last} if last else {}
        address = f"{self.site.address}/api/runs/{run['id']}/events/"
        with self.loop.session.get(address, headers=headers, stream=True, timeout=60) as response:
            assert response.status_code == 200
            event = {"id": "", "event": "", "data": ""}
            for line in response.iter_lines(decode_unicode=True):
                if not line:
                    if event["event"]:
                        yield event["id"], event["event"], event["data"]
                    event = {"id": "", "event": "", "data": ""}
                elif not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    event[name] = value
