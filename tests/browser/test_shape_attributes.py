"""Attributes of shapes at the labelling page."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import Stage, Work, is_saved

FUR = {"name": "fur", "type": "select", "options": ["red", "grey"], "required": True}


@pytest.fixture
def work(site):
    made = Work(site)
    made.call("PATCH", f"/api/projects/{made.project}/classes/{made.car}/", json={"attributes": [FUR]})
    return made


def test_the_shape_that_lacks_a_required_value_is_selected_when_the_image_is_to_be_finished(page: Page, work):
    page.goto(f"/projects/{work.project}/label/")
    stage = Stage(page)
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-attributes]")).to_be_hidden()
    page.keyboard.press("Shift+Enter")
    fur = page.locator("[data-attributes]").get_by_label("fur")
    expect(fur).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    is_saved(page, 0)  # of the next image
    [shape] = work.shapes()
    assert shape["attributes"] == {"fur": "red"}


def test_of_many_selected_shapes_the_first_show_their_attributes(page: Page, work):
    boxes = [
        {"id": str(uuid.uuid4()), "class": work.car, "shape": "box", "geometry": {"box": [10 * number, 10, 8, 8]}}
        for number in range(30)
    ]
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": boxes}
    work.call("PATCH", f"/api/images/{work.images[0]}/annotations/", json=body)
    page.goto(f"/projects/{work.project}/label/")
    expect(page.locator("[data-objects-count]")).to_have_text("30")
    Stage(page)
    page.keyboard.press("Control+a")
    expect(page.locator("[data-attribute-list] fieldset")).to_have_count(20)
    expect(page.locator("[data-attributes-more]")).to_have_text("and 10 more that are selected")
