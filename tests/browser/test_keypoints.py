"""Keypoints with real pointer events: a skeleton for a class, drawn whole and point by point, and changed."""

from itertools import chain

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import Stage, drawn, is_saved
from tests.browser.scripted import Scripted

ARM = {
    "points": [{"name": name, "x": x, "y": 0.5} for name, x in (("shoulder", 0), ("elbow", 0.5), ("hand", 1))],
    "edges": [[0, 1], [1, 2]],
}


class Work(Scripted):
    """A keypoints project with one image and one class, made through the API."""

    def __init__(self, site):
        super().__init__(site)
        self.project = self.call("POST", "/api/projects/", json={"name": "Poses", "kind": "keypoints"})["id"]
        self.classes = f"/api/projects/{self.project}/classes/"
        self.arm = self.call("POST", self.classes, json={"name": "arm", "skeleton": ARM})["id"]
        files = [("files", ("0.png", drawn(0)))]
        self.image = self.call("POST", f"/api/projects/{self.project}/images/", files=files)["results"][0]["id"]

    def points(self) -> list[list[list[float]]]:
        found = self.call("GET", f"/api/images/{self.image}/annotations/")["annotations"]
        return [[[round(x), round(y), seen] for x, y, seen in each["geometry"]["points"]] for each in found]


@pytest.fixture
def work(site):
    return Work(site)


def near(found: list, wanted: list) -> bool:
    pairs = zip(chain.from_iterable(found), chain.from_iterable(wanted), strict=True)
    return all(abs(one - other) < 3 for one, other in pairs)


def test_a_skeleton_is_drawn_in_a_box_and_point_by_point_and_its_points_are_changed(page, work):
    page.goto(f"/projects/{work.project}/label/")
    stage = Stage(page)
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    assert near(work.points()[0], [[100, 150, 2], [200, 150, 2], [300, 150, 2]])
    stage.to(400, 300)
    expect(page.locator(".point-hint:not([hidden])")).to_have_text("1/3 shoulder")
    stage.click(400, 300)
    page.keyboard.down("Shift")
    stage.click(500, 300)
    page.keyboard.up("Shift")
    page.keyboard.press("Enter")
    is_saved(page, 2)
    assert near(work.points()[1], [[400, 300, 2], [500, 300, 1], [0, 0, 0]])
    page.keyboard.press("v")
    stage.click(150, 150)
    stage.drag((200, 150), (220, 250))
    page.keyboard.press("m")
    page.locator('[data-point="2"] [data-visibility="0"]').click()
    expect(page.locator("[data-points-count]")).to_have_text("2/3")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    assert near(work.points()[0], [[100, 150, 2], [220, 250, 1], [0, 0, 0]])
    page.locator('[data-point="2"] .label-point-name').click()
    stage.click(310, 160)
    for _gesture in range(4):  # placed, not there, hidden, moved: each is one step
        expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
        page.keyboard.press("Control+z")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    assert near(work.points()[0], [[100, 150, 2], [200, 150, 2], [300, 150, 2]])


def test_a_class_gets_a_skeleton_in_its_dialog(page, work):
    page.goto(f"/projects/{work.project}/classes/")
    row = page.locator(f'[data-class="{work.arm}"]')
    row.hover()
    row.get_by_role("button", name="More for").click()
    page.get_by_role("button", name="Skeleton…").click()
    page.get_by_label("Begin with").select_option("person")
    page.locator("[data-mode=add]").click()
    page.locator(".skeleton-canvas").click(position={"x": 40, "y": 40})
    page.locator("[data-mode=lines]").click()
    for dot in (17, 0):
        page.locator(".skeleton-reach").nth(dot).click(force=True)
    page.get_by_label("Name of point 18").fill("hat")
    page.get_by_role("button", name="Move “hat”").press("ArrowUp")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("dialog[open]").wait_for(state="detached")
    skeleton = work.call("GET", f"{work.classes}{work.arm}/")["skeleton"]
    assert [each["name"] for each in skeleton["points"]][15:] == ["left_ankle", "hat", "right_ankle"]
    assert (skeleton["edges"][-1], [15, 17] in skeleton["flip"]) == ([16, 0], True)
