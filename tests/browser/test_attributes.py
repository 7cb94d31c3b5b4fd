"""Typed attributes at the labelling page: by keyboard, while typing, with a closed tab, two people at once."""

import uuid
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_label import Work, is_saved, open_label_page, stands_at

FUR = {"name": "fur", "type": "select", "options": ["red", "grey", "white"], "required": True}
NAME = {"name": "name", "type": "text", "required": True}
NOTE = {"name": "note", "type": "text"}
AGE = {"name": "age", "type": "number"}


@pytest.fixture
def work(site):
    return Work(site)


def define(work: Work, label_class: int, *attributes: dict) -> None:
    path = f"/api/projects/{work.project}/classes/{label_class}/"
    work.call("PATCH", path, json={"attributes": list(attributes)})


def field(page: Page, name: str) -> Locator:
    return page.locator("[data-attributes]").get_by_label(name)


def values(work: Work, index: int = 0) -> dict:
    return work.labels(index)["annotations"][0]["attributes"]


def open_first(page: Page, work: Work) -> None:
    open_label_page(page, work, f"?image={work.images[0]}")
    page.wait_for_load_state("networkidle")


def describe(work: Work, index: int, **attributes) -> None:
    """As somebody else does it at the same time."""
    labels = work.labels(index)
    row = labels["annotations"][0] | {"attributes": attributes}
    body = {"base_revision": labels["revision"], "key": str(uuid.uuid4()), "upsert": [row]}
    work.call("PATCH", f"/api/images/{work.images[index]}/annotations/", json=body)


def test_tab_goes_on_to_the_next_field_and_enter_to_the_next_image(page: Page, work: Work):
    define(work, work.cat, NAME, NOTE)
    open_first(page, work)
    page.keyboard.press("1")
    expect(field(page, "name")).to_be_focused()
    page.keyboard.type("Tom")
    page.keyboard.press("Tab")
    expect(page.locator("[data-bar] [data-status]")).to_have_text("Labelled")
    stands_at(page, 1)
    page.keyboard.type("12")
    expect(field(page, "note")).to_have_value("12")
    page.keyboard.press("Enter")
    stands_at(page, 2)
    is_saved(page)
    assert (values(work), work.labels(0)["status"]) == ({"name": "Tom", "note": "12"}, "labelled")
    assert work.classes(1) == []


def test_whoever_leaves_the_attributes_goes_on_but_a_button_does_only_what_it_says(page: Page, work: Work):
    define(work, work.cat, NAME, NOTE)
    open_first(page, work)
    page.keyboard.press("1")
    page.keyboard.type("Tom")
    page.get_by_role("button", name="Next image").click()
    stands_at(page, 2)
    page.keyboard.press("1")
    page.keyboard.type("Ada")
    page.locator("[data-stage]").click()
    stands_at(page, 3)
    is_saved(page)
    assert [values(work, index) for index in (0, 1)] == [{"name": "Tom"}, {"name": "Ada"}]


def test_any_option_can_be_chosen_by_keyboard(page: Page, work: Work):
    define(work, work.cat, FUR)
    open_first(page, work)
    page.keyboard.press("1")
    expect(field(page, "fur")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(field(page, "fur")).to_have_value("grey")
    expect(field(page, "fur")).to_be_focused()
    stands_at(page, 1)
    page.keyboard.press("Enter")
    stands_at(page, 2)
    is_saved(page)
    assert (values(work), work.labels(0)["status"]) == ({"fur": "grey"}, "labelled")


def test_what_is_typed_survives_a_closed_tab(page: Page, work: Work):
    define(work, work.cat, NOTE)
    work.give(0, work.cat)
    tab = page.context.new_page()
    open_first(tab, work)
    tab.route("**/annotations/", lambda route: route.abort() if route.request.method == "PATCH" else route.fallback())
    field(tab, "note").press_sequentially("shy")
    tab.close(run_before_unload=True)
    open_first(page, work)
    expect(field(page, "note")).to_have_value("shy")
    is_saved(page)
    assert values(work) == {"note": "shy"}


def test_what_is_typed_is_saved_after_a_pause(page: Page, work: Work):
    define(work, work.cat, NOTE)
    work.give(0, work.cat)
    open_first(page, work)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        field(page, "note").press_sequentially("shy")
    assert values(work) == {"note": "shy"}
    expect(field(page, "note")).to_be_focused()


def test_what_is_typed_stays_while_somebody_else_changes_the_same_annotation(page: Page, work: Work):
    define(work, work.cat, NOTE, AGE)
    work.give(0, work.cat)
    open_first(page, work)
    other = page.context.new_page()
    open_first(other, work)
    field(page, "note").fill("shy")
    field(page, "note").press("End")
    field(other, "age").fill("3")
    field(other, "age").press("Enter")
    expect(field(page, "age")).to_have_value("3")
    page.keyboard.type(" and small")
    expect(field(page, "note")).to_have_value("shy and small")
    page.keyboard.press("Enter")
    is_saved(page)
    expect(field(other, "note")).to_have_value("shy and small")
    assert values(work) == {"note": "shy and small", "age": 3}


def test_of_the_same_field_one_is_told_what_somebody_else_wrote_meanwhile(page: Page, work: Work):
    define(work, work.cat, NOTE)
    work.give(0, work.cat)
    page.clock.install()
    open_first(page, work)
    page.clock.pause_at(datetime.now() + timedelta(hours=1))  # no pause after typing ends
    other = page.context.new_page()
    open_first(other, work)
    for theirs, key, kept in (("bold", "Enter", "shy"), ("loud", "Escape", "loud")):
        field(page, "note").press_sequentially("shy")
        field(other, "note").fill(theirs)
        field(other, "note").press("Enter")
        expect(page.locator("[data-attributes]")).to_contain_text(f"Meanwhile set by somebody else: {theirs}")
        field(page, "note").press(key)
        expect(field(page, "note")).to_have_value(kept)
        expect(field(other, "note")).to_have_value(kept)
        expect(page.locator("[data-attributes]")).not_to_contain_text("Meanwhile")
    for each in (page, other):  # a tab shows what another one has written before that is saved
        is_saved(each)
    assert values(work) == {"note": "loud"}


def test_different_attributes_of_two_people_are_both_kept(page: Page, work: Work):
    define(work, work.cat, NOTE, AGE)
    work.give(0, work.cat)
    open_first(page, work)
    describe(work, 0, age=3)
    field(page, "note").fill("shy")
    field(page, "note").press("Enter")
    expect(field(page, "age")).to_have_value("3")
    is_saved(page)
    assert values(work) == {"note": "shy", "age": 3}


@pytest.mark.parametrize(("button", "kept"), [("Keep mine", "shy"), ("Take the version by owner", "bold")])
def test_of_one_attribute_both_values_are_shown(page: Page, work: Work, button, kept):
    define(work, work.cat, NOTE, AGE)
    work.give(0, work.cat)
    open_first(page, work)
    describe(work, 0, note="bold", age=3)
    field(page, "note").fill("shy")
    field(page, "note").press("Enter")
    dialog = page.get_by_role("dialog", name="Changed by two people")
    expect(dialog.get_by_role("row", name="note shy bold")).to_be_visible()
    dialog.get_by_role("button", name=button).click()
    is_saved(page)
    assert values(work) == {"note": kept, "age": 3}


def test_a_labelled_image_of_another_class_is_in_progress_until_the_required_value_is_there(page: Page, work: Work):
    define(work, work.cat, NAME)
    work.give(0, work.dog)
    open_first(page, work)
    status = page.locator("[data-bar] [data-status]")
    expect(status).to_have_text("Labelled")
    page.keyboard.press("1")
    expect(status).to_have_text("In progress")
    is_saved(page)
    assert work.labels(0)["status"] == "in_progress"
    page.keyboard.type("Tom")
    page.keyboard.press("Enter")
    stands_at(page, 2)
    is_saved(page)
    assert work.labels(0)["status"] == "labelled"


def test_what_one_types_while_the_classes_change_is_nobody_elses(page: Page, work: Work):
    define(work, work.cat, NOTE)
    work.give(0, work.cat)
    page.clock.install()
    open_first(page, work)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    note = field(page, "note")
    note.press_sequentially("shy")
    # As in browsers that say nothing of a control that is taken out.
    page.evaluate("document.addEventListener('change', (event) => event.stopImmediatePropagation(), true)")
    work.call("PATCH", f"/api/projects/{work.project}/classes/{work.cat}/", json={"name": "lion"})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-attributes] legend")).to_have_text("lion")
    page.clock.run_for(1000)
    expect(page.locator(".label-attribute-meanwhile")).to_have_text("")
    page.clock.resume()
    is_saved(page)
    assert values(work) == {"note": "shy"}
