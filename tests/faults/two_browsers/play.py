import io
import os
import random
import shutil
import signal
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from PIL import Image as Picture
from playwright.sync_api import Browser, BrowserType, Error

from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.joining import join
from tests.browser.scripted import Scripted
from tests.faults.faults import WEB
from tests.faults.records import Records
from tests.faults.two_browsers import book
from tests.faults.two_browsers.gestures import GESTURES, HEIGHT, WIDTH
from tests.faults.two_browsers.judge import Judge
from tests.faults.two_browsers.notes import Notes
from tests.faults.two_browsers.seat import Seat

IMAGES = 3
CLASSES = ("car", "sign", "tree")
SECONDS_TO_REST = 150
SECONDS_TO_ANSWER = 60
# How often, by gestures.
KILL, CUT, RELOAD, CLOSE = 1 / 90, 1 / 40, 1 / 120, 1 / 160
LONGEST_CUT = 25


class Play:
    """Two people at three pages, and what befalls them."""

    def __init__(self, site, chromium: BrowserType, chance: random.Random):
        self.site, self.chance, self.notes = site, chance, Notes()
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        self.scripted = Scripted(site)
        self._make_project()
        self.browsers = [launch(chromium), launch(chromium)]
        self.seats = [*self._owner(self.browsers[0]), *self._grace(self.browsers[1])]
        self.cut: dict[Any, int] = {}  # gestures until the network of a context is back
        self.turn = self.seats[0]

    def close(self) -> None:
        for browser in self.browsers:
            browser.close()

    def run(self, edits: int) -> None:
        """Go on until so many edits were made."""
        for seat in self.seats:
            if seat.page is None:
                seat.open(self.chance.choice(self.images))
        while len(self.notes.made) < edits:
            if not self.counts["gestures"] % 8:
                self._sit_down()
            self._befall()
            self._act()
            self.counts["gestures"] += 1

    def cut_network(self) -> None:
        """Of the person whose turn it is."""
        self.turn.context.set_offline(True)
        self.cut[self.turn.context] = self.chance.randint(3, LONGEST_CUT)
        self.counts["cuts"] += 1

    def kill_web(self) -> None:
        for pid in self.site.pids(WEB):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.counts["kills"] += 1

    def rest(self) -> None:
        """The network is back, the server answers, everybody answers what is asked, and all is saved."""
        for context in {seat.context for seat in self.seats}:
            self._mend(context)
        self._await_site()
        deadline = time.monotonic() + SECONDS_TO_REST
        while waiting := [seat for seat in self.seats if not self._rests(seat)]:
            if time.monotonic() > deadline:
                self.problems += [f"{seat.person} {seat.tab} does not come to rest: {seat.look()}" for seat in waiting]
                return
            time.sleep(0.3)

    def judge(self) -> list[str]:
        records = Records(self.site.data_dir, self.site.environment.get("DATABASE_URL", ""))
        revisions = book.revisions(records, self.images)
        rows = book.annotations(records, self.images)
        self.counts.update(
            edits=len(self.notes.made),
            kept_in_the_browser=sum(made.kept for made in self.notes.made.values()),
            seen_as_saved=sum(made.saved for made in self.notes.made.values()),
            revisions=len(revisions),
            answers=len(self.notes.answers),
        )
        self.problems += Judge(self.notes, revisions, rows).problems()
        self.problems += [fault for seat in self.seats for fault in seat.faults]
        for seat in self.seats:
            self.problems += self._shown_wrongly(seat, rows)
        return self.problems

    def _shown_wrongly(self, seat: Seat, rows: dict[int, dict]) -> list[str]:
        problems = []
        seat.open(self.images[0])
        for image in self.images:
            if image != self.images[0]:
                seat.page.keyboard.press("ArrowRight")
            there = {key: row for key, row in rows[image].items() if row["shape"] != "tag"}
            wanted = {key: {"shape": row["shape"], "geometry": row["geometry"]} for key, row in there.items()}
            names = {row["class"] for row in there.values()}
            view: dict[str, Any] = {}
            for _attempt in range(50):
                view = seat.look()
                listed = {self.classes[each["class"]] for each in view["rows"]}
                if (view["image"], view["shapes"], view["count"]) == (image, wanted, len(wanted)) and listed <= names:
                    break
                time.sleep(0.1)
            else:
                problems.append(f"{seat.person} sees on image {image} {view['shapes']}, there is {wanted}")
        return problems

    def _act(self) -> None:
        """One gesture of the person whose turn it is, or the answer to a question."""
        seat, chance = self.turn, self.chance
        try:
            view = seat.look()
            if view["dialog"]:
                seat.answer(view, chance)
                self.counts["answered"] += 1
            elif view["frame"]:
                gesture = chance.choices(list(GESTURES), list(GESTURES.values()))[0]
                gesture(seat, view, chance)
                self.counts[gesture.__name__] += 1
            else:
                seat.page.wait_for_timeout(50)
        except Error as error:
            self.problems.append(f"{seat.person} {seat.tab}: {error}")
        if chance.random() < 0.15:
            seat.page.wait_for_timeout(chance.choice((20, 150, 600)))

    def _sit_down(self) -> None:
        self.turn = self.chance.choice(self.seats)
        self.turn.come()

    def _befall(self) -> None:
        chance = self.chance
        for context, left in list(self.cut.items()):
            self.cut[context] = left - 1
            if left <= 0:
                self._mend(context)
        if chance.random() < CUT:
            self.cut_network()
        if chance.random() < KILL:
            self.kill_web()
        if chance.random() < RELOAD:
            self._again(self.turn, "reloads")
        elif chance.random() < CLOSE:
            self.turn.close()
            self._again(self.turn, "closed_tabs")

    def _again(self, seat: Seat, what: str) -> None:
        self._mend(seat.context)  # a page comes from the server
        self._await_site()
        seat.open(self.chance.choice(self.images))
        seat.come()
        self.counts[what] += 1

    def _mend(self, context) -> None:
        context.set_offline(False)
        self.cut.pop(context, None)

    def _await_site(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not self.site.answers():
            assert time.monotonic() < deadline, "The site did not come back."
            time.sleep(0.2)

    def _rests(self, seat: Seat) -> bool:
        view = seat.look()
        if view["dialog"]:
            seat.come()
            seat.answer(view, self.chance)
            self.counts["answered"] += 1
        elif view["state"] == "problem":  # somebody closed the question
            with suppress(Error):
                seat.page.locator("[data-saved]").click(timeout=1000)
        return view["state"] == "saved" and not view["dialog"] and not seat.page.evaluate(WAITING)

    def _make_project(self) -> None:
        call = self.scripted.call
        self.project = call("POST", "/api/projects/", json={"name": "Together", "kind": "detection"})["id"]
        path = f"/api/projects/{self.project}"
        self.classes = {name: call("POST", f"{path}/classes/", json={"name": name})["id"] for name in CLASSES}
        files = [("files", (f"{number}.png", picture(number))) for number in range(IMAGES)]
        added = call("POST", f"{path}/images/", files=files)["results"]
        self.images = [each["id"] for each in added]
        self.names = {each["name"]: each["id"] for each in added}

    def _owner(self, browser: Browser) -> list[Seat]:
        context = browser.new_context(base_url=self.site.address, viewport=VIEWPORT)
        page = context.new_page()
        page.goto("/sign-in/")
        page.get_by_label("Username").fill(self.site.username)
        page.get_by_label("Password").fill(self.site.password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Projects").wait_for()
        page.close()
        return [self._seat("owner", tab, context) for tab in ("left", "right")]

    def _grace(self, browser: Browser) -> list[Seat]:
        invited = self.scripted.call("POST", f"/api/projects/{self.project}/invitations/", json={"role": "annotator"})
        context = browser.new_context(base_url=self.site.address, viewport=VIEWPORT)
        page = context.new_page()
        join(page, invited["link"], "Grace Hopper", f"grace-{self.project}")
        page.wait_for_url(f"**/projects/{self.project}/")
        page.close()
        return [self._seat("grace", "only", context)]

    def _seat(self, person: str, tab: str, context) -> Seat:
        return Seat(person, tab, context, f"/projects/{self.project}/label/", self.notes, self.names)


VIEWPORT: Any = {"width": 1200, "height": 800}

# How many changes the browser still keeps.
WAITING = """() => new Promise((resolve) => {
  const opening = indexedDB.open("labelapp-journal");
  opening.onsuccess = () => {
    const database = opening.result;
    const counting = database.transaction("changes").objectStore("changes").count();
    counting.onsuccess = () => (database.close(), resolve(counting.result));
  };
})"""


def launch(chromium: BrowserType) -> Browser:
    path = next(found for name in NAMES if (found := shutil.which(name)))
    return chromium.launch(executable_path=path, args=ARGUMENTS)


def picture(number: int) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (WIDTH, HEIGHT), (number * 60, 90, 140)).save(file, "PNG")
    return file.getvalue()
