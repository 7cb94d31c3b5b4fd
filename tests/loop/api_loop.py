"""The whole loop by a script that knows nothing but API.md: upload, label, export, freeze, train, watch, predict.

    python tests/loop/api_loop.py http://localhost:8000 NAME PASSWORD FOLDER --preset compact_cnn --epochs 5

FOLDER has one folder per class. Some images of each class are held back and labelled by the trained model.
"""

import argparse
import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import requests

ENDED = {"completed", "failed", "cancelled", "stopped"}
PATIENCE_SECONDS = 1800


class Loop:
    """One person's way through the API; each verb is one stage and returns what the next one needs."""

    def __init__(self, address: str, username: str, password: str, session: requests.Session | None = None):
        self.address = address.rstrip("/")
        self.session = session or requests.Session()
        answer = self.call("POST", "/api/auth/token/", json={"username": username, "password": password})
        self.session.headers["Authorization"] = f"Token {answer['token']}"

    def call(self, method: str, path: str, **options) -> dict:
        url = path if path.startswith("http") else self.address + path
        response = self.session.request(method, url, timeout=120, **options)
        assert response.ok, f"{method} {path}: {response.status_code} {response.text[:2000]}"
        return response.json() if response.content else {}

    def wait(self, path: str) -> dict:
        """Poll long work until it has ended."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            row = self.call("GET", path)
            if row["status"] in ENDED:
                return row
            time.sleep(0.5)
        raise AssertionError(f"{path} did not end: {row}")

    def pages(self, path: str, **params) -> Iterator[dict]:
        page = self.call("GET", path, params=params)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self.call("GET", page["next"])

    def start_project(self, name: str) -> int:
        return self.call("POST", "/api/projects/", json={"name": name, "kind": "classification"})["id"]

    def upload(self, project: int, root: Path, files: list[Path], class_from: str) -> list[dict]:
        results = []
        for start in range(0, len(files), 100):
            batch = files[start : start + 100]
            parts = [("files", (each.name, each.read_bytes())) for each in batch]
            paths = [("paths", each.relative_to(root).as_posix()) for each in batch]
            answer = self.call(
                "POST", f"/api/projects/{project}/images/", files=parts, data=[*paths, ("class_from", class_from)]
            )
            assert len(answer["results"]) == len(batch)
            results += answer["results"]
        return results

    def label(self, image: int, label_class: int) -> dict:
        """Give an image its class by hand, twice with the same key: the second time changes nothing."""
        path = f"/api/images/{image}/annotations/"
        now = self.call("GET", path)
        tag = {"id": str(uuid.uuid4()), "class": label_class, "shape": "tag", "geometry": {}, "source": "manual"}
        change = {
            "base_revision": now["revision"],
            "key": str(uuid.uuid4()),
            "upsert": [tag],
            "delete": [each["id"] for each in now["annotations"]],
            "status": "labelled",
        }
        first = self.call("PATCH", path, json=change)
        assert first == self.call("PATCH", path, json=change)
        return first

    def export(self, project: int) -> str:
        row = self.call("POST", f"/api/projects/{project}/exports/", json={"format": "csv"})
        row = self.wait(f"/api/exports/{row['id']}/")
        assert row["status"] == "completed", row
        link = row["file"]
        response = self.session.get(link if link.startswith("http") else self.address + link, timeout=120)
        assert response.ok, response.text[:500]
        return response.text

    def import_csv(self, project: int, text: str) -> dict:
        row = self.call(
            "POST",
            f"/api/projects/{project}/imports/",
            files={"file": ("labels.csv", text.encode())},
            data={"format": "auto", "dry_run": "true"},
        )
        row = self.wait(f"/api/imports/{row['id']}/")
        assert row["status"] == "completed", row
        self.call("POST", f"/api/imports/{row['id']}/apply/")
        row = self.wait(f"/api/imports/{row['id']}/")
        assert row["status"] == "completed", row
        return row

    def freeze(self, project: int, seed: int = 1) -> dict:
        body = {
            "filters": {},
            "split": {"train": 0.7, "validation": 0.15, "test": 0.15},
            "seed": seed,
            "stratify": True,
        }
        row = self.call("POST", f"/api/projects/{project}/versions/", json=body)
        row = self.wait(f"/api/versions/{row['id']}/")
        assert row["status"] == "completed", row
        return row

    def train(self, project: int, version: int, spec: dict) -> dict:
        row = self.call("POST", f"/api/projects/{project}/runs/", json={"version": version, "spec": spec})
        row = self.wait(f"/api/runs/{row['id']}/")
        assert row["status"] == "completed", row
        return row

    def events(self, run: int) -> list[tuple[str, dict]]:
        """Read a run's event stream to its end."""
        events, name = [], ""
        with self.session.get(f"{self.address}/api/runs/{run}/events/", stream=True, timeout=60) as response:
            assert response.headers["Content-Type"].startswith("text/event-stream")
            for line in response.iter_lines(decode_unicode=True):
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    events.append((name, json.loads(line.removeprefix("data:"))))
                    if name == "status" and events[-1][1].get("status") in ENDED:
                        break
        return events

    def predict(self, model: int, files: list[Path]) -> list[dict]:
        parts = [("file", (each.name, each.read_bytes())) for each in files]
        return self.call("POST", f"/api/models/{model}/predict/", files=parts)["results"]

    def auto_label(self, project: int, model: int) -> dict:
        body = {"model": model, "filters": {"status": "new"}, "threshold": 0.0}
        row = self.call("POST", f"/api/projects/{project}/predictions/", json=body)
        row = self.wait(f"/api/predictions/{row['id']}/")
        assert row["status"] == "completed", row
        return row


def walk(loop: Loop, root: Path, spec: dict, held_back: int = 2) -> dict:
    """Every stage in turn on the images of ``root``; returns what was measured."""
    files = sorted(
        each for each in root.rglob("*") if each.is_file() and each.suffix.lower() in {".png", ".jpg", ".jpeg"}
    )
    folders = sorted({each.parent for each in files})
    kept, held = [], []
    for folder in folders:
        inside = [each for each in files if each.parent == folder]
        held += inside[:held_back]
        kept += inside[held_back:]

    project = loop.start_project(f"{root.name}, {time.strftime('%H:%M:%S')}")
    results = loop.upload(project, root, kept, class_from="folder")
    statuses = {
        status: sum(each["status"] == status for each in results) for status in ("added", "duplicate", "refused")
    }
    assert loop.upload(project, root, kept[:1], class_from="none")[0]["status"] == "duplicate"
    classes = {each["name"]: each["id"] for each in loop.pages(f"/api/projects/{project}/classes/")}
    assert set(classes) == {each.name for each in folders}

    relabelled = next(each for each in results if each["status"] == "added")
    truth = Path(relabelled["name"]).parent.name
    loop.label(relabelled["id"], classes[truth])

    text = loop.export(project)
    loop.import_csv(project, text)
    version = loop.freeze(project)
    assert loop.freeze(project)["hash"] == version["hash"]

    began = time.monotonic()
    run = loop.train(project, version["id"], spec)
    seconds = time.monotonic() - began
    epochs = [data for name, data in loop.events(run["id"]) if name == "epoch"]
    assert [each["epoch"] for each in epochs] == list(range(1, run["epoch"] + 1))

    predictions = loop.predict(run["model"], held[:20])
    right = sum(
        each["predictions"][0]["class"] == file.parent.name for each, file in zip(predictions, held, strict=False)
    )
    loop.upload(project, root, held, class_from="none")
    loop.auto_label(project, run["model"])
    return {
        "project": project,
        "images": statuses,
        "version": {"number": version["number"], "hash": version["hash"], "counts": version["counts"]},
        "run": run["id"],
        "test_accuracy": run["metrics"]["test"]["accuracy"],
        "epochs": run["epoch"],
        "seconds": round(seconds, 1),
        "held_back_right": f"{right} of {len(predictions)}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("username")
    parser.add_argument("password")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--preset", default="compact_cnn")
    parser.add_argument("--weights")
    parser.add_argument("--epochs", type=int)
    arguments = parser.parse_args()
    spec = {"task": "classification", "preset": arguments.preset}
    spec |= {name: value for name in ("weights", "epochs") if (value := getattr(arguments, name))}
    loop = Loop(arguments.address, arguments.username, arguments.password)
    print(json.dumps(walk(loop, arguments.folder, spec), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
