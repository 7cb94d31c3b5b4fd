"""Gestures that something comes between: another image, whose picture is still on its way, or somebody else."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import Stage, Work, about, is_saved


@pytest.fixture
def work(site):
    return Work(site)


def test_an_image_without_its_picture_takes_what_is_pasted_and_nothing_meant_for_the_one_before(page: Page, work):
    held: list = []
    page.route(f"**/api/images/{work.images[1]}/display/", lambda route: held.append(route))
    page.goto(f"/projects/{work.project}/label/")
    stage = Stage(page)
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    page.keyboard.press("Control+c")
    page.keyboard.press("b")
    stage.to(400, 400)
    page.mouse.down()
    stage.to(500, 400)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-objects-count]")).to_have_text("0")
    expect(page.locator("[data-stage] img")).to_have_count(0)
    page.mouse.up()
    stage.drag((400, 450), (500, 450))
    page.keyboard.press("Control+v")
    is_saved(page, 1)
    for route in held:
        route.continue_()
    page.locator("[data-stage] img").wait_for()
    is_saved(page, 1)
    assert [len(work.shapes(index)) for index in range(2)] == [1, 1]
    assert about(work.shapes(1)[0]["geometry"]["box"], [100, 100, 200, 100])


def test_a_shape_that_somebody_deletes_while_it_is_dragged_is_not_seen_afterwards(page: Page, work):
    page.goto(f"/projects/{work.project}/label/")
    stage = Stage(page)
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    page.keyboard.press("v")
    stage.to(200, 150)
    page.mouse.down()
    stage.to(260, 190)
    body = {"base_revision": 1, "key": str(uuid.uuid4()), "delete": [work.shapes()[0]["id"]]}
    work.call("PATCH", f"/api/images/{work.images[0]}/annotations/", json=body)
    expect(page.locator("[data-objects-count]")).to_have_text("0")
    page.mouse.up()
    expect(page.locator(".canvas-shape")).to_have_count(0)
    is_saved(page, 0)
