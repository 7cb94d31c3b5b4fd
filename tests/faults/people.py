"""Scripted people. Each notes what the site told them is done; the judge asks for all of it afterwards."""

import random
import threading
import time
import uuid
from dataclasses import dataclass
from typing import Any

from tests.faults.client import Client, GaveUp, Refusal

TINY = {
    "task": "classification", "preset": "compact_cnn", "image_size": 16, "batch_size": 16, "epochs": 12,
    "early_stopping": 0, "warmup_epochs": 0, "augmentation": {"enabled": False}, "workers": 1,
}  # fmt: skip
MOST_TRIES = 5
PATIENCE_SECONDS = 400.0


class Person(threading.Thread):
    """Does one thing after the other until told to stop; ``done`` counts what was finished.

    Asking again where there is no answer is what the pages do by themselves. That a person has to press a button to
    get work going again is a problem: ``problems`` says so, although it is pressed.
    """

    pause = 0.2
    quick = False  # whether no worker is needed for it

    def __init__(self, name: str, client: Client, project: int, chance: random.Random):
        super().__init__(name=name, daemon=True)
        self.client = client
        self.project = project
        self.chance = chance
        self.done = 0
        self.problems: list[str] = []
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.wait(self.pause):
            try:
                self.act()
                self.done += 1
            except (GaveUp, Refusal) as error:
                self.problems.append(f"{self.name}: {error}")

    def act(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        self._stopping.set()

    def begin(self, path: str, **body: Any) -> str:
        """Start long work of the project; returns its address."""
        row = self.client.call("POST", f"/api/projects/{self.project}/{path}/", **body)
        return f"/api/{path}/{row['id']}/"

    def finish(self, address: str, again: str) -> dict | None:
        """Wait for the end of long work; None when it cannot be brought to complete."""
        tries, deadline = 0, time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            row = self.client.call("GET", address)
            if row["status"] == "completed":
                return row
            if row["status"] in {"failed", "cancelled", "stopped"}:
                self.problems.append(f"{address} is {row['status']}: {row['error']}")
                tries += 1
                if tries == MOST_TRIES:
                    return None
                self.client.call("POST", f"{address}{again}/")
            time.sleep(0.5)
        self.problems.append(f"{address} has not ended: {row}")
        return None


@dataclass(frozen=True)
class Save:
    """One change set that the site answered as saved."""

    image: int
    revision: int
    key: str
    annotation: str
    label_class: int


class Labeller(Person):
    """Gives images at random a class, each change with a key that is sent again until it is answered."""

    quick = True

    def __init__(self, *args, images: list[int], classes: list[int]):
        super().__init__(*args)
        self.images = images
        self.classes = classes
        self.saves: list[Save] = []

    def act(self) -> None:
        image, label_class = self.chance.choice(self.images), self.chance.choice(self.classes)
        path = f"/api/images/{image}/annotations/"
        while True:
            now = self.client.call("GET", path)
            tag = {"id": self._uuid(), "class": label_class, "shape": "tag", "geometry": {}, "source": "manual"}
            change = {
                "base_revision": now["revision"], "key": self._uuid(), "upsert": [tag],
                "delete": [each["id"] for each in now["annotations"]], "status": "labelled",
            }  # fmt: skip
            try:
                saved = self.client.call("PATCH", path, json=change)
            except Refusal as refusal:
                if refusal.status == 409:  # another person was faster: look again
                    continue
                raise
            self.saves.append(Save(image, saved["revision"], change["key"], tag["id"], label_class))
            return

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))


class Importer(Person):
    """Gives images of its own, which no labeller touches, new classes by a CSV: looked at first, then applied."""

    pause = 2.0

    def __init__(self, *args, images: dict[int, str], classes: list[str]):
        super().__init__(*args)
        self.images = images  # id -> name
        self.classes = classes
        self.applied = 0
        self.labels: dict[int, str] = {}  # image -> class as last imported

    def act(self) -> None:
        # Another class for each image, so that every import is one more revision of it.
        labels = {
            image: self.chance.choice([name for name in self.classes if name != self.labels.get(image)])
            for image in self.images
        }
        rows = "".join(f"{self.images[image]},{name}\n" for image, name in labels.items())
        file = ("labels.csv", f"filename,class\n{rows}".encode())
        address = self.begin("imports", files={"file": file}, data={"format": "csv-classification"})
        if not self.finish(address, "retry"):
            return
        self._apply(address)
        if self.finish(address, "retry"):
            self.applied += 1
            self.labels = labels

    def _apply(self, address: str) -> None:
        try:
            self.client.call("POST", f"{address}apply/")
        except Refusal as refusal:  # an answer that got lost: it has been applied, and is said to be
            if refusal.status != 409 or self.client.call("GET", address)["dry_run"]:
                raise


class Exporter(Person):
    """Writes everything to a file and reads that, by turns with and without the pictures."""

    pause = 3.0

    def __init__(self, *args):
        super().__init__(*args)
        self.exports: list[str] = []

    def act(self) -> None:
        body = {"format": "csv", "with_images": bool(self.done % 2), "filters": {"status": ["labelled"]}}
        address = self.begin("exports", json=body)
        if self.finish(address, "retry"):
            self.exports.append(address)


class Trainer(Person):
    """Freezes a version and trains on it."""

    pause = 0.5

    def __init__(self, *args):
        super().__init__(*args)
        self.versions: list[str] = []
        self.runs: list[str] = []

    def act(self) -> None:
        split = {"train": 0.6, "validation": 0.2, "test": 0.2}
        address = self.begin("versions", json={"filters": {"status": ["labelled"]}, "split": split, "seed": 1})
        version = self.finish(address, "retry")
        if not version:
            return
        self.versions.append(address)
        run = self.begin("runs", json={"version": version["id"], "spec": TINY})
        if self.finish(run, "resume"):
            self.runs.append(run)
