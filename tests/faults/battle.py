import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import requests

from tests.faults.client import Client
from tests.faults.clock import Clock
from tests.faults.curators import AutoLabeller, ClassChanger
from tests.faults.faults import BEAT, FAULTS, LIGHT, REDIS, TRAIN, WEB, Fault, Missed
from tests.faults.judge import Judge
from tests.faults.network import Wire
from tests.faults.people import Exporter, Importer, Labeller, Person, Trainer
from tests.faults.records import Records
from tests.faults.twins import Twins
from tests.faults.uploaders import Uploader, Zipper
from tests.site import RunningSite

DISK_BYTES = 4 * 2**30
SECONDS_TO_COME_BACK = 300
SECONDS_FOR_A_TARGET = 60
SECONDS_TO_LEAVE = 600  # people finish what they are at
LABELLED, IMPORTED = 48, 8
MOST_ATTEMPTS = 3
CLASSES = ["one", "two", "three"]
# How many processes of each kind a whole site has: the light worker has two children.
PROCESSES = {WEB: 1, LIGHT: 3, TRAIN: 1, BEAT: 1, REDIS: 1}


class Battle:
    """A site with people at work on it, on a disk and with a clock that faults can get at."""

    def __init__(self, folder: Path, chance: random.Random):
        self.folder = folder
        self.chance = chance
        self.data_dir = folder / "data"
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.database_url = os.environ.get("DATABASE_URL", "")
        self.clock = Clock(folder)
        self.people: list[Person] = []
        self.problems: list[str] = []

    def __enter__(self) -> "Battle":
        self.small_disk = self._mount()
        self.site = RunningSite(self.data_dir, LABELAPP_JOB_LOST_SECONDS="6", **self.clock.environment)
        try:
            self.site.start()
            self.wire = Wire(self.site.port)
            self.client = Client(f"http://127.0.0.1:{self.wire.port}").sign_in(self.site.username, self.site.password)
            self.direct = Client(self.site.address, self.client.token)
            self.twins = Twins(self.site)
            self._gather()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception) -> None:
        for person in self.people:
            person.stop()
        self.site.stop()
        self.note()
        if self.small_disk:
            for path in self.data_dir.glob("labelapp.sqlite3*"):
                shutil.copy(path, self.folder)
            subprocess.run(["umount", "-l", str(self.data_dir)], check=False)

    def note(self) -> None:
        """Keep what the site has printed so far."""
        (self.folder / "site.log").write_text(self.site.output)

    def start_again(self) -> None:
        """Start the site, as long as it takes: what watches over a site does not give up either."""
        for _attempt in range(5):
            try:
                self.site.start()
                return
            except AssertionError as error:
                self.problems.append(f"the site did not start: {error}")
        raise AssertionError("The site does not start any more.")

    def resize_disk(self, size: int = DISK_BYTES) -> None:
        """A disk that is no larger than what lies on it is full."""
        options = ["-o", f"remount,size={size}", str(self.data_dir)]
        subprocess.run(["mount", *options], capture_output=True, check=size == DISK_BYTES)

    def survive(self, name: str) -> dict:
        """Let one fault happen while people work, and wait until everything is back."""
        time.sleep(self.chance.uniform(0.5, 3))
        fault = FAULTS[name]
        met = self._await_target(fault.target)
        unfinished = self._unfinished()
        began = time.monotonic()
        met = met and self._strike(fault)
        struck = time.monotonic()
        before = {person: person.done for person in self.people}
        waited_for: list[str] = []

        def away() -> list[str]:
            found = [
                *self._processes_missing(),
                *(f"{person.name} cannot work" for person in self._quick if person.done < before[person] + 2),
                *self._stuck(unfinished),
            ]
            waited_for[:] = found or waited_for
            return found

        missing = self._until_none(away)
        back = time.monotonic()
        missing += [*self.judge.so_far(), *self.twins.take(), *self._complaints()]
        missing += [] if met else ["it struck nothing"]
        self.problems += [f"after {name}: {each}" for each in missing]
        self.note()
        return {
            "kind": name, "at": time.strftime("%H:%M:%S"), "met_its_target": met, "lasted_s": round(struck - began, 1),
            "back_after_s": round(back - struck, 1), "last": waited_for, "problems": missing,
        } | self.judge.counts  # fmt: skip

    def settle(self) -> dict:
        """Let people finish what they do, wait for all work to end, and ask for everything they were told is done."""
        for person in self.people:
            person.stop()
        for person in self.people:
            person.join(SECONDS_TO_LEAVE)
            self.problems += [f"{person.name} still waits for an answer"] if person.is_alive() else []
        self.problems += self._until_none(lambda: [f"{each} has not ended" for each in self._unfinished()])
        self.problems += [*self._complaints(), *self.twins.take(), *self.judge.at_the_end()]
        return {"problems": self.problems} | self.judge.counts

    @property
    def _quick(self) -> list[Person]:
        """Those whose work takes no worker."""
        return [person for person in self.people if person.quick]

    def _gather(self) -> None:
        self.project = self._new_project("Fire")
        self.judge = Judge(self.direct, self.project, self.people, Records(self.data_dir, self.database_url))
        classes_path = f"/api/projects/{self.project}/classes/"
        classes = [self.client.call("POST", classes_path, json={"name": name})["id"] for name in CLASSES]
        uploader = self._person(Uploader, "uploader")
        while len(uploader.added) < LABELLED + IMPORTED:
            uploader.act()
        images = list(uploader.added)
        labellers = [
            self._person(Labeller, f"labeller {number}", images=images[:LABELLED], classes=classes) for number in (1, 2)
        ]
        while len({save.image for person in labellers for save in person.saves}) < LABELLED:
            for person in labellers:
                person.act()
        own = {image: uploader.names[image] for image in images[LABELLED:]}
        self._person(Importer, "importer", images=own, classes=CLASSES)
        self._person(ClassChanger, "class changer", project=self._new_project("Classes")).prepare()
        self._person(Zipper, "zipper")
        self._person(AutoLabeller, "auto-labeller")
        self._person(Exporter, "exporter")
        self._person(Trainer, "trainer")
        for person in self.people:
            person.start()

    def _new_project(self, name: str) -> int:
        return self.client.call("POST", "/api/projects/", json={"name": name, "kind": "classification"})["id"]

    def _person(self, kind, name: str, project: int = 0, **more):
        client = Client(self.client.address, self.client.token)  # a connection of one's own, through the wire
        person = kind(name, client, project or self.project, random.Random(self.chance.random()), **more)
        self.people.append(person)
        return person

    def _complaints(self) -> list[str]:
        """What people met since the last time."""
        found = []
        for person in self.people:
            found += person.problems
            person.problems = []
        return found

    def _unfinished(self) -> dict[str, str]:
        """What has not ended, by kind and id, with a mark that changes as it gets on."""
        found = {}
        for row in self.judge.jobs("ongoing"):
            # Of a run only epochs count: one that is queued and claimed again and again gets nowhere.
            mark = f"{row['progress']}" if row["kind"] == "run" else f"{row['status']} {row['progress']}"
            found[f"{row['kind']} {row['id']}"] = mark
        return found

    def _stuck(self, unfinished: dict[str, str]) -> list[str]:
        now = self._unfinished()
        return [f"{name} is stuck: {mark}" for name, mark in unfinished.items() if now.get(name) == mark]

    def _processes_missing(self) -> list[str]:
        counts = {pattern: len(self.site.pids(pattern)) for pattern in PROCESSES}
        missing = [f"{counts[name]} processes {name}, not {number}" for name, number in PROCESSES.items()
                   if counts[name] != number]  # fmt: skip
        try:
            answer = requests.get(f"{self.site.address}/readyz", timeout=10)
            return missing + ([] if answer.ok else [f"not ready: {answer.text}"])
        except requests.RequestException:
            return [*missing, "web does not answer"]

    def _until_none(self, problems: Callable[[], list[str]]) -> list[str]:
        deadline = time.monotonic() + SECONDS_TO_COME_BACK
        while (found := problems()) and time.monotonic() < deadline:
            time.sleep(0.5)
        return found

    def _strike(self, fault: Fault) -> bool:
        """Whether it hit something: what is aimed at may end in that moment, and then the next one is awaited."""
        for _attempt in range(MOST_ATTEMPTS):
            try:
                fault.strike(self)
                return True
            except Missed:
                self._await_target(fault.target)
        return False

    def _await_target(self, pattern: str) -> bool:
        if not pattern:
            return True
        deadline = time.monotonic() + SECONDS_FOR_A_TARGET
        while not self.site.pids(pattern) and time.monotonic() < deadline:
            time.sleep(0.2)
        return bool(self.site.pids(pattern))

    def _mount(self) -> bool:
        """A small disk of the site's own, that can be filled without harm; only root can have one."""
        options = ["-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs"]
        if os.geteuid() != 0:
            return False
        return subprocess.run(["mount", *options, str(self.data_dir)], capture_output=True).returncode == 0
