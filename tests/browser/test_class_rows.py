"""The list of classes while somebody works in it: what is typed, opened, dragged or has the focus stays."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_classes import choose, names, open_classes
from tests.browser.test_label import Work


@pytest.fixture
def work(site):
    return Work(site)


def row(page: Page, index: int) -> Locator:
    return page.locator(".class-row").nth(index)


def name_of(page: Page, index: int) -> Locator:
    return row(page, index).get_by_label("Name", exact=True)


def test_what_is_typed_in_one_row_stays_while_another_is_saved(page: Page, work: Work):
    open_classes(page, work)
    name_of(page, 0).fill("lion")
    name_of(page, 1).fill("wolf")  # leaves the first, which is saved
    expect(page.locator(".toast")).to_contain_text("Renaming “cat” to “lion”")
    work.call("PATCH", f"/api/projects/{work.project}/classes/{work.dog}/", json={"color": "#123456"})
    give_the_key = "key => { key.value = 'l'; key.dispatchEvent(new Event('change')) }"
    row(page, 0).get_by_label("Key", exact=True).evaluate(give_the_key)
    expect(row(page, 1).get_by_role("button", name="Colour of “dog”: #123456")).to_be_visible()
    expect(name_of(page, 1)).to_have_value("wolf")
    expect(name_of(page, 1)).to_be_focused()
    name_of(page, 1).press("Enter")
    expect(page.locator(".class-change").first).to_contain_text("wolf")
    assert names(page) == ["lion", "wolf"]


def test_shapes_are_ticked_one_after_the_other(page: Page, work: Work):
    open_classes(page, work)
    row(page, 0).get_by_role("button", name="Every shape").click()
    menu = row(page, 0).locator(".menu:popover-open")
    for shape in ("box", "rotated box"):
        menu.get_by_label(shape, exact=True).check()
        expect(page.locator(".class-change")).not_to_have_count(0)
    expect(row(page, 0).get_by_role("button", name="box, rotated box")).to_be_attached()
    expect(menu).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(menu.get_by_label("rotated box", exact=True)).to_be_checked()
    first, _ = work.call("GET", f"/api/projects/{work.project}/classes/")["results"]
    assert first["shapes"] == ["box", "rotated_box"]


def test_a_row_is_moved_step_by_step_by_keyboard(page: Page, work: Work):
    for name in ("fox", "owl"):
        work.call("POST", f"/api/projects/{work.project}/classes/", json={"name": name})
    page.goto(f"/projects/{work.project}/classes/")
    page.get_by_role("button", name="Move “cat”").focus()
    for place in (2, 3, 4):
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-said]")).to_have_text(f"cat is now number {place}.")
    page.keyboard.press("ArrowDown")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Move “cat”")).to_be_focused()
    assert names(page) == ["dog", "fox", "owl", "cat"]
    found = work.call("GET", f"/api/projects/{work.project}/classes/")["results"]
    assert [each["name"] for each in found] == names(page)


def test_a_row_that_is_dragged_stays_in_the_hand_while_the_list_is_read_anew(page: Page, work: Work):
    open_classes(page, work)
    handle = page.get_by_role("button", name="Move “cat”").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, handle["y"] + 8)
    expect(page.locator(".class-row.dragged")).to_have_count(1)
    for _try in range(100):  # rows may still find their places when a loaded machine draws them late
        below = page.locator(".class-row:not(.dragged)").first.bounding_box()
        assert below
        page.mouse.move(handle["x"] + 5, below["y"] + below["height"] - 2, steps=4)
        if "dragged" not in (row(page, 0).get_attribute("class") or ""):
            break
        page.wait_for_timeout(50)
    expect(page.locator(".class-row").last).to_have_class(re.compile("dragged"))
    with page.expect_response(lambda answer: answer.url.endswith("/classes/")):
        page.locator("[data-add] input").evaluate("input => { input.value = 'fox'; input.form.requestSubmit() }")
    expect(page.locator(".class-row.dragged").get_by_label("Name", exact=True)).to_have_value("cat")
    page.mouse.up()
    expect(page.locator(".class-change").first).to_contain_text("order")
    assert names(page)[:2] == ["dog", "cat"]


def test_how_to_sort_is_told_only_where_there_is_something_to_sort(page: Page, work: Work):
    hint = page.locator("[data-order-hint]")
    project = work.call("POST", "/api/projects/", json={"name": "Empty", "kind": "classification"})["id"]
    page.goto(f"/projects/{project}/classes/")
    expect(page.get_by_role("heading", name="No classes yet")).to_be_visible()
    expect(hint).to_be_hidden()
    expect(page.locator(".class-list")).to_be_hidden()
    page.get_by_label("Names of new classes").fill("cat, dog")
    page.keyboard.press("Enter")
    expect(hint).to_be_visible()


def test_attributes_that_are_not_saved_are_dropped_only_after_a_question(page: Page, work: Work):
    open_classes(page, work)
    choose(page, "cat", "Attributes…")
    dialog = page.get_by_role("dialog", name="Attributes of “cat”")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    choose(page, "cat", "Attributes…")
    dialog.get_by_role("button", name="Attribute", exact=True).click()
    dialog.get_by_label("Name").fill("fur")
    question = page.get_by_role("dialog", name="Drop what you have changed?")
    cancel = dialog.get_by_text("Cancel")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(5, 5), cancel.click):
        leave()
        question.get_by_role("button", name="Cancel").click()
        expect(dialog.get_by_label("Name")).to_have_value("fur")
    page.keyboard.press("Escape")
    question.get_by_role("button", name="Drop it").click()
    expect(dialog).to_have_count(0)


def test_the_focus_stays_where_one_works_in_the_form_of_attributes(page: Page, work: Work):
    open_classes(page, work)
    choose(page, "cat", "Attributes…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Attribute", exact=True).click()
    dialog.get_by_label("Kind").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_label("Kind")).to_have_value("number")
    expect(dialog.get_by_label("Kind")).to_be_focused()
    dialog.get_by_label("Kind").select_option("select")
    dialog.get_by_label("Option 1").fill("red")
    page.keyboard.press("Enter")
    page.keyboard.type("grey")
    dialog.get_by_role("button", name="Delete the option “red”").press("Enter")
    expect(dialog.get_by_role("button", name="Delete the option “grey”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Option", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Delete “New attribute”").press("Enter")
    expect(dialog.get_by_role("button", name="Attribute", exact=True)).to_be_focused()
