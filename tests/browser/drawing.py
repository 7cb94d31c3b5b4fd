"""A project to draw in, and the stage of its labelling page."""

import io

from PIL import Image as Picture
from playwright.sync_api import Page, expect

from tests.browser.scripted import Scripted

WIDTH, HEIGHT = 800, 600


class Work(Scripted):
    """A detection project with two images and two classes, made through the API."""

    def __init__(self, site):
        super().__init__(site)
        self.project = self.call("POST", "/api/projects/", json={"name": "Draw", "kind": "detection"})["id"]
        classes = f"/api/projects/{self.project}/classes/"
        self.car, self.sign = (self.call("POST", classes, json={"name": name})["id"] for name in ("car", "sign"))
        files = [("files", (f"{number}.png", drawn(number))) for number in range(2)]
        added = self.call("POST", f"/api/projects/{self.project}/images/", files=files)["results"]
        self.images = [each["id"] for each in added]

    def shapes(self, index: int = 0) -> list[dict]:
        return self.call("GET", f"/api/images/{self.images[index]}/annotations/")["annotations"]


class Stage:
    """The stage of the page, spoken to in pixels of the image."""

    def __init__(self, page: Page):
        self.page = page
        page.locator("[data-stage] img").wait_for()
        frame = page.locator(".label-frame").bounding_box()
        assert frame
        self.left, self.top, self.scale = frame["x"], frame["y"], frame["width"] / WIDTH

    def to(self, x: float, y: float) -> None:
        self.page.mouse.move(self.left + x * self.scale, self.top + y * self.scale, steps=3)

    def click(self, x: float, y: float) -> None:
        self.to(x, y)
        self.page.mouse.down()
        self.page.mouse.up()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.to(*start)
        self.page.mouse.down()
        self.to(*end)
        self.page.mouse.up()


def drawn(number: int) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (WIDTH, HEIGHT), (number * 90, 90, 140)).save(file, "PNG")
    return file.getvalue()


def is_saved(page: Page, objects: int) -> None:
    expect(page.locator("[data-objects-count]")).to_have_text(str(objects))
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def about(box: list[float], wanted: list[float]) -> bool:
    """Within what a pixel of the screen is on the image."""
    return all(abs(found - each) < 2 for found, each in zip(box, wanted, strict=True))
