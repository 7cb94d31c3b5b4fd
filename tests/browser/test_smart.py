"""Smart tools with real pointer events: what is cut out, followed, painted and found is what is on the picture."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.annotations.assist.scenes import disc_bits, discs, overlap, png
from tests.browser.drawing import HEIGHT, WIDTH, Stage, is_saved
from tests.browser.scripted import Scripted

PLACES, RADIUS = [(200, 200), (560, 200), (400, 450)], 70


class Cells(Scripted):
    def __init__(self, site):
        super().__init__(site)
        self.project = self.call("POST", "/api/projects/", json={"name": "Smart", "kind": "any"})["id"]
        self.cell = self.call("POST", f"/api/projects/{self.project}/classes/", json={"name": "cell"})["id"]
        picture = png(discs(PLACES, RADIUS, (WIDTH, HEIGHT)))
        files = [("files", ("cells.png", picture))]
        (added,) = self.call("POST", f"/api/projects/{self.project}/images/", files=files)["results"]
        self.image = added["id"]

    def labels(self) -> dict:
        return self.call("GET", f"/api/images/{self.image}/annotations/")


@pytest.fixture
def cells(site):
    return Cells(site)


def pixels(shape: dict) -> np.ndarray:
    counts = shape["geometry"]["counts"]
    return np.repeat(np.arange(len(counts)) % 2, counts).reshape(WIDTH, HEIGHT).T


def test_cut_out_find_the_others_follow_an_edge_and_paint_pieces(page, cells):
    page.goto(f"/projects/{cells.project}/label/")
    stage = Stage(page)
    page.keyboard.press("Shift+K")
    stage.drag((110, 110), (290, 290))
    expect(page.locator("[data-looking]")).to_be_hidden()
    page.keyboard.press("Enter")
    is_saved(page, 1)
    (cut,) = cells.labels()["annotations"]
    assert (cut["shape"], cut["source"]) == ("mask", "semi-auto")
    assert overlap(pixels(cut), disc_bits(PLACES[0], RADIUS, (WIDTH, HEIGHT))) > 0.95

    page.keyboard.press("Shift+D")
    expect(page.locator("[data-suggestions-count]")).to_have_text("2")
    expect(page.locator("[data-suggestions]")).to_contain_text("colour")
    page.keyboard.press("y")
    is_saved(page, 3)
    assert [each["source"] for each in cells.labels()["annotations"][1:]] == ["auto", "auto"]

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Scissors").click()
    x, y = PLACES[1]
    for dx, dy in ((-RADIUS, 0), (0, -RADIUS), (RADIUS, 0), (0, RADIUS), (-RADIUS, 2)):
        stage.click(x + dx, y + dy)
        page.wait_for_timeout(300)  # not the second press of a double click
    is_saved(page, 4)
    followed = cells.labels()["annotations"][-1]
    assert followed["shape"] == "polygon"
    away = np.hypot(*(np.array(followed["geometry"]["rings"][0]) - (x, y)).T)
    assert np.abs(away - RADIUS).max() < 4

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator(".superpixels")).to_be_visible()
    stage.drag((400, 430), (400, 470))
    is_saved(page, 5)
    painted = pixels(cells.labels()["annotations"][-1])
    assert painted.sum() > 500
    assert not (painted & (1 - disc_bits(PLACES[2], RADIUS + 2, (WIDTH, HEIGHT)))).any()


def test_what_is_merely_suggested_is_not_copied_in_place_of_what_was(page, cells):
    like = {"tool": "colour", "class": cells.cell, "shape": "box", "geometry": {"box": [130, 130, 140, 140]}}
    assert len(cells.call("POST", f"/api/images/{cells.image}/suggestions/", json=like)["results"]) == 2
    page.goto(f"/projects/{cells.project}/label/")
    stage = Stage(page)
    page.keyboard.press("r")
    stage.drag((130, 130), (270, 270))
    is_saved(page, 1)
    page.keyboard.press("Control+c")
    expect(page.locator(".toast").last).to_contain_text("1 shape copied")
    page.get_by_role("button", name="Show cell").first.click()
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    is_saved(page, 2)
