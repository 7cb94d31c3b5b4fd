"""Masks are painted, erased from, cut and converted with real pointer events; what is stored is what was painted."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.drawing import HEIGHT, WIDTH, Stage, Work, is_saved


@pytest.fixture
def work(site):
    return Work(site)


def pixels(shape: dict) -> np.ndarray:
    counts = shape["geometry"]["counts"]
    return np.repeat(np.arange(len(counts)) % 2 == 1, counts).reshape(WIDTH, HEIGHT).T


def stroke(start: tuple[float, float], end: tuple[float, float], diameter: float) -> np.ndarray:
    """Every pixel whose middle is within the tip on its way along a level line."""
    ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    away = np.hypot(xs - np.clip(xs, start[0], end[0]), ys - start[1])
    return away <= diameter / 2


def test_a_mask_is_painted_erased_from_undone_and_still_there_after_a_reload(page, work):
    page.goto(f"/projects/{work.project}/label/")
    stage = Stage(page)
    page.keyboard.press("b")
    stage.drag((200, 200), (400, 200))
    is_saved(page, 1)
    [painted] = work.shapes()
    wanted = stroke((200, 200), (400, 200), 24)
    # The mouse is at whole pixels of the screen.
    assert painted["shape"] == "mask"
    assert (pixels(painted) != wanted).sum() < 0.04 * wanted.sum()

    stage.drag((390, 210), (500, 210))  # of the same class: more of the same
    is_saved(page, 1)
    assert pixels(work.shapes()[0]).sum() > wanted.sum() + 1500
    page.keyboard.press("e")
    stage.drag((300, 150), (300, 250))
    is_saved(page, 1)
    erased = pixels(work.shapes()[0])
    assert not erased[200, 295:305].any()
    assert erased[200, [280, 320]].all()
    page.keyboard.press("b")
    stage.to(100, 400)
    page.mouse.down()
    stage.to(300, 500)
    page.keyboard.press("Escape")  # gives the stroke up
    page.mouse.up()
    page.keyboard.press("Control+z")
    is_saved(page, 1)
    whole = pixels(work.shapes()[0])
    assert whole[200, 295:305].all()
    assert not whole[390:].any()
    page.reload()
    is_saved(page, 1)
    assert (pixels(work.shapes()[0]) == whole).all()

    # Split in two, made polygons, joined again; at last erased as a whole, so that it is gone.
    page.locator("[data-object]").click()
    page.keyboard.press("Alt+j")
    stage.click(350, 100)
    stage.click(351, 300)
    page.keyboard.press("Enter")
    is_saved(page, 2)
    assert (sum(pixels(each).astype(int) for each in work.shapes()) == whole).all()
    page.keyboard.press("Shift+p")
    is_saved(page, 2)
    page.wait_for_timeout(300)
    is_saved(page, 2)
    assert {each["shape"] for each in work.shapes()} == {"polygon"}
    page.get_by_role("button", name="Join into one").click()
    is_saved(page, 1)
    page.keyboard.press("Shift+m")
    expect(page.get_by_role("button", name="Make it a mask")).to_be_hidden()
    page.keyboard.press("e")
    page.locator("[data-tip]").fill("100")
    stage.drag((200, 200), (500, 210))
    is_saved(page, 0)
    assert work.shapes() == []

    page.keyboard.press("w")  # the picture is of one colour
    stage.click(50, 50)
    is_saved(page, 1)
    assert pixels(work.shapes()[0]).all()
