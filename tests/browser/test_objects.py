"""Shapes among each other: order, groups, occluded, hidden and locked; found by a query, changed together."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import Stage, Work, is_saved


@pytest.fixture
def work(site):
    """Three boxes on the first image."""
    made = Work(site)
    boxes = [(made.car, [100, 100, 200, 150]), (made.sign, [200, 150, 200, 150]), (made.car, [500, 300, 100, 100])]
    ids = sorted(str(uuid.uuid4()) for _box in boxes)  # what is made in one change set is in the order of ids
    upsert = [
        {"id": identifier, "class": label_class, "shape": "box", "geometry": {"box": box}}
        for identifier, (label_class, box) in zip(ids, boxes, strict=True)
    ]
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": upsert}
    made.call("PATCH", f"/api/images/{made.images[0]}/annotations/", json=body)
    return made


@pytest.fixture
def stage(page, work):
    page.goto(f"/projects/{work.project}/label/")
    expect(page.locator("[data-objects-count]")).to_have_text("3")
    page.keyboard.press("v")
    return Stage(page)


def selected(page: Page) -> int:
    return page.locator(".label-object[aria-selected=true]").count()


def saved(page: Page) -> None:
    page.wait_for_timeout(200)
    is_saved(page, 3)


def standing(work: Work, name: str) -> list:
    return [each[name] for each in work.shapes()]


def test_shapes_are_grouped_ordered_and_marked_and_each_is_one_step_back(page, work, stage):
    stage.click(120, 240)
    page.keyboard.down("Shift")
    stage.click(550, 398)
    page.keyboard.up("Shift")
    page.keyboard.press("g")
    page.keyboard.press("q")
    saved(page)
    assert (standing(work, "group"), standing(work, "occluded")) == ([1, None, 1], [True, False, True])
    page.keyboard.press("Escape")
    stage.click(550, 398)
    assert selected(page) == 2
    stage.page.keyboard.down("Alt")
    stage.click(550, 398)
    stage.page.keyboard.up("Alt")
    assert selected(page) == 1
    page.keyboard.press("Escape")
    stage.click(380, 280)  # the sign, which lies above
    page.keyboard.press("End")
    saved(page)
    assert standing(work, "z_order") == [0, -1, 0]
    stage.click(250, 200)  # where both are
    assert page.locator(".label-object[aria-selected=true]").first.inner_text().startswith("car")
    for _step in range(3):
        page.keyboard.press("Control+z")
    saved(page)
    assert (standing(work, "group"), standing(work, "z_order")) == ([None] * 3, [0] * 3)


def test_hidden_and_locked_shapes_are_left_alone_also_after_a_reload(page, work, stage):
    stage.click(550, 398)
    page.keyboard.press("h")
    stage.click(120, 240)
    page.keyboard.press("Alt+l")
    page.reload()
    expect(page.locator("[data-objects-count]")).to_have_text("3")
    stage = Stage(page)
    page.keyboard.press("v")
    for place in ((550, 398), (120, 240)):
        stage.click(*place)
        assert selected(page) == 0
    page.locator(".label-object", has_text="car").last.click()
    page.keyboard.press("Delete")
    expect(page.locator(".toast")).to_contain_text("locked")
    assert len(work.shapes()) == 3
    page.keyboard.press("Alt+h")
    page.keyboard.press("Alt+h")
    page.keyboard.press("Alt+Shift+l")
    page.keyboard.press("Alt+Shift+l")
    stage.click(550, 398)
    assert selected(page) == 1


def test_what_a_query_finds_is_selected_and_changed_together(page, work, stage):
    field = page.locator("[data-objects-search]")
    field.fill("class:car area>500")
    expect(page.locator("[data-objects-found]")).to_contain_text("2 found")
    field.press("Enter")
    page.locator(f".label-class[data-class='{work.sign}']").click()
    saved(page)
    assert {each["class"] for each in work.shapes()} == {work.sign}
    expect(page.locator("[data-objects-found]")).to_contain_text("0 found")
    field.fill("")
    row = page.locator(".label-class-buttons > li", has_text="sign")
    row.hover()
    row.get_by_role("button", name="Select all of this class: sign").click()
    assert selected(page) == 3
    page.keyboard.press("Delete")
    is_saved(page, 0)


def test_the_list_is_gone_through_by_keys_and_its_keys_are_not_those_of_the_page(page, work, stage):
    rows = page.locator(".label-object")
    page.locator("[data-objects-scroller]").focus()
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(rows.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert selected(page) == 1
    page.keyboard.press("Delete")
    is_saved(page, 2)
    assert (standing(work, "class"), standing(work, "z_order")) == ([work.car] * 2, [0, 0])


def test_four_extreme_points_make_a_box_and_vertices_snap(page, work, stage):
    page.keyboard.press("r")
    page.get_by_role("button", name="Extreme points").click()
    for place in ((650, 100), (600, 130), (0, 0)):
        stage.click(*place)
    page.keyboard.press("Backspace")
    for place in ((660, 200), (720, 150)):
        stage.click(*place)
    is_saved(page, 4)
    assert all(abs(a - b) < 2 for a, b in zip(work.shapes()[-1]["geometry"]["box"], [600, 100, 120, 100], strict=True))
    page.keyboard.press("Alt+r")
    page.keyboard.press("p")
    for place in ((502, 302), (598, 402), (700, 500)):
        stage.click(*place)
    page.keyboard.press("Enter")
    is_saved(page, 5)
    ring = work.shapes()[-1]["geometry"]["rings"][0]
    assert ring[:3] in ([[500, 300], [600, 300], [600, 400]], [[500, 300], [500, 400], [600, 400]])
