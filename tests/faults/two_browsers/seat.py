import random
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

from tests.faults.two_browsers.notes import Notes, image_in

HERE = Path(__file__).parent
WATCH, LOOK = (HERE / "watch.js").read_text(), (HERE / "look.js").read_text()
SECONDS_TO_OPEN = 90


class Seat:
    """A person at one tab of their browser."""

    def __init__(self, person: str, tab: str, context: BrowserContext, address: str, notes: Notes, names: dict):
        self.person, self.tab, self.context, self.address, self.notes = person, tab, context, address, notes
        self.names: dict[str, int] = names  # images by name
        self.page: Page | None = None
        self.faults: list[str] = []  # what a page must never do

    def open(self, image: int = 0) -> None:
        """As long as it takes: the server may be on its way back."""
        self.notes.forget_page(self.tab)
        if self.page is None:
            self.page = self.context.new_page()
            self.page.expose_function("noted", lambda told: self.notes.take(self.person, self.tab, told))
            self.page.add_init_script(WATCH)
            self.page.on("pageerror", lambda error: self.faults.append(f"{self.person} {self.tab}: {error}"))
        deadline = time.monotonic() + SECONDS_TO_OPEN
        while True:
            try:
                self.page.goto(self.address + (f"?image={image}" if image else ""), wait_until="domcontentloaded")
                self.page.wait_for_selector(".label-frame img", state="attached", timeout=10_000)
                return
            except Error:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def close(self) -> None:
        """As somebody closes a tab, or a browser dies: nobody waits for what is unsaved."""
        if self.page:
            self.page.close(run_before_unload=False)
        self.page = None
        self.notes.forget_page(self.tab)

    def look(self) -> dict[str, Any]:
        """What is on the page; as soon as it is there, where it is just being read anew."""
        assert self.page
        try:
            return self.page.evaluate(LOOK)
        except Error:
            self.page.wait_for_load_state()
            return self.page.evaluate(LOOK)

    def come(self) -> None:
        """To the front: of two tabs only one is seen."""
        assert self.page
        self.page.bring_to_front()

    def answer(self, view: dict[str, Any], chance: random.Random) -> None:
        """The question that the page asks, one way or the other."""
        assert self.page
        dialog = view["dialog"]
        buttons = [each for each in dialog["buttons"] if each["value"] in ("mine", "theirs")]
        refused = "did not take" in dialog["text"]
        button = buttons[0] if refused else chance.choice(buttons)
        self.notes.answered(self.person, image_in(dialog["text"], self.names), button["value"], time.time())
        self.page.mouse.click(*button["at"])
        self.page.wait_for_timeout(50)
