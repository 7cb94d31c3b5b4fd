"""A site that outgrew its laptop: backed up while it runs, restored into PostgreSQL and an object store, and back."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.loop.api_loop import Loop
from tests.object_store import object_store
from tests.postgres import database
from tests.site import ROOT, RunningSite
from tests.training.site_run import SiteRuns

pytestmark = [pytest.mark.site, pytest.mark.slow]


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LABELAPP_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def contents(path: Path) -> dict[str, str]:
    """Digest by name of all that two backups must share: rows and files, not when and on what they were made."""
    with tarfile.open(path) as tar:
        found = {member.name: member.pax_headers["LABELAPP.sha256"] for member in tar.getmembers()}
        rows = json.load(tar.extractfile("backup.json"))["rows"]  # type: ignore[arg-type]
    unlike = [name for name in found if name.startswith("tables/") or (name.endswith(".json") and "/" not in name)]
    return {name: digest for name, digest in found.items() if name not in unlike} | {"rows": json.dumps(rows)}


def tables(path: Path) -> dict[str, list[str]]:
    import gzip

    with tarfile.open(path) as tar:
        return {
            member.name: sorted(normal(line) for line in gzip.open(tar.extractfile(member), "rt"))  # type: ignore[arg-type, type-var]
            for member in tar.getmembers()
            if member.name.startswith("tables/") and "training.Worker" not in member.name  # these end with their site
        }


def normal(line: str) -> str:
    """PostgreSQL keeps the keys of an object in an order of its own."""
    return json.dumps(json.loads(line), sort_keys=True)


def facts(site: RunningSite, runs: SiteRuns, run: dict, files: list[Path]) -> dict:
    loop = Loop(site.address, site.username, site.password)
    row = loop.call("GET", f"/api/runs/{run['id']}/")
    version = loop.call("GET", f"/api/versions/{runs.version}/")
    predictions = loop.predict(row["model"], files)
    for each in predictions:
        for prediction in each["predictions"]:
            prediction["score"] = round(prediction["score"], 5)
    return {
        "hash": version["hash"],
        "frozen again": loop.freeze(runs.project)["hash"],
        "metrics": row["metrics"],
        "predictions": predictions,
        "csv": sorted(loop.export(runs.project).splitlines()),
    }


def test_a_running_site_moves_with_all_that_it_has(site, digits_folder, tmp_path, tmp_path_factory):
    runs = SiteRuns(site, digits_folder)
    run = runs.finish(runs.start(epochs=1))
    files = sorted(digits_folder.rglob("*.png"))[-5:]
    first, second, third = (tmp_path / name for name in ("laptop.tar", "server.tar", "back.tar"))
    laptop = {"LABELAPP_DATA_DIR": str(site.data_dir), "DATABASE_URL": site.environment.get("DATABASE_URL", "")}
    made = manage("backup", str(first), **laptop)
    assert made.returncode == 0, made.stderr
    before = facts(site, runs, run, files)
    refused = manage("restore", str(first), "--force", **laptop)
    assert "Stop it first" in refused.stderr

    with database() as database_url, object_store() as storage_url:
        server = {
            "LABELAPP_DATA_DIR": str(tmp_path_factory.mktemp("server")),
            "DATABASE_URL": database_url,
            "LABELAPP_STORAGE_URL": storage_url,
        }
        restored = manage("restore", str(first), **server)
        assert restored.returncode == 0, restored.stderr
        made = manage("backup", str(second), **server)
        assert made.returncode == 0, made.stderr
        assert contents(second) == contents(first)
        assert tables(second) == tables(first)

        again = manage("restore", str(second), **server)
        assert "not empty" in again.stderr
        moved = RunningSite(Path(server["LABELAPP_DATA_DIR"]), **server).start()
        try:
            assert facts(moved, runs, run, files) == before
        finally:
            moved.stop()

    back = {"LABELAPP_DATA_DIR": str(tmp_path / "back"), "DATABASE_URL": ""}
    for words in (["restore", str(second)], ["restore", str(second), "--force"], ["backup", str(third)]):
        done = manage(*words, **back)
        assert done.returncode == 0, done.stderr
    assert contents(third) == contents(first)
    assert tables(third) == tables(first)
    assert connection.vendor  # the tests' own database was not touched
