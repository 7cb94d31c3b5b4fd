"""What tests of the upload page share: pictures, what the page sends, and what a person does there."""

import re
import time
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image as Picture
from playwright.sync_api import Page, Request, expect

FILES = 400
MINUTE = 60_000


def pictures(folder: Path, count: int, edge: int = 24) -> Path:
    noise = np.random.default_rng(count)
    for number in range(count):
        inside = folder / f"kind {number % 4}"
        inside.mkdir(parents=True, exist_ok=True)
        pixels = noise.integers(0, 255, (edge, edge, 3), dtype=np.uint8)
        Picture.fromarray(pixels).save(inside / f"{number:04}.png")
    return folder


class Traffic:
    """Which files the page has sent, by what stands in its requests; ``hold`` keeps further ones back."""

    def __init__(self, page: Page):
        self.sent: Counter[str] = Counter()
        self.requests = 0
        self.held: list = []
        self.allowed: int | None = None
        page.route(re.compile(r"/api/projects/\d+/images/$"), self._pass)

    def hold_after(self, requests: int | None) -> None:
        self.allowed = None if requests is None else self.requests + requests

    def release(self) -> None:
        """Let go what is held back; nothing more is."""
        self.allowed = None
        for route in self.held:
            self._pass(route)
        self.held = []

    def _pass(self, route) -> None:
        request: Request = route.request
        if request.method != "POST":
            route.continue_()
        elif self.allowed is not None and self.requests >= self.allowed:
            self.held.append(route)
        else:
            self.requests += 1
            self.sent.update(paths_in(request))
            route.continue_()


def paths_in(request: Request) -> list[str]:
    body = request.post_data_buffer or b""
    return [each.decode() for each in re.findall(rb'name="paths"\r\n\r\n(.*?)\r\n', body)]


def open_upload_page(page: Page, name: str) -> str:
    """Make a project by the API, as the signed-in person; returns the address of its upload page."""
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    answer = page.request.post("/api/projects/", data={"name": name}, headers={"X-CSRFToken": token})
    project = answer.json()["id"]
    page.goto(f"/projects/{project}/images/add/")
    page.wait_for_load_state("networkidle")
    return f"/projects/{project}/images/add/"


def drop(page: Page, path: Path) -> None:
    """As the system does it: the browser's own drag and drop, with a real path."""
    box = page.locator("[data-drop]").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        session.send("Input.dispatchDragEvent", {"type": kind, "data": data, **at})


def count_of(page: Page, status: str) -> int:
    return int(page.locator(f'[data-count="{status}"]').inner_text().replace(",", ""))


def total(page: Page, address: str) -> int:
    counts = page.request.get(f"/api/projects/{address.split('/')[2]}/images/counts/").json()
    return counts["total"]


def pause_half_way(page: Page, traffic: Traffic, requests: int) -> int:
    """Send so many batches of what is chosen and pause; returns how many files have arrived."""
    traffic.hold_after(requests)
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator('[data-count="added"]')).to_have_text(re.compile("[1-9]"))
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-title]")).to_have_text("Paused")
    wait_for(page, lambda: len(traffic.held) > 0 and count_of(page, "added") == sum(traffic.sent.values()))
    return count_of(page, "added")


def all_are_sent_once(page: Page, traffic: Traffic, arrived: int, files: int) -> None:
    expect(page.locator("[data-title]")).to_have_text("All files are sent", timeout=MINUTE)
    expect(page.locator("[data-figures]")).to_contain_text(f"{arrived} had arrived before")
    assert len(traffic.sent) == files
    assert set(traffic.sent.values()) == {1}, "no file was sent twice"


def wait_for(page: Page, condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)
