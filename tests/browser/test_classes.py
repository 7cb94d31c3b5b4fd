"""The classes page: every change with its way back, attributes from the form to the label, two people at once."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_label import Work, is_saved, open_label_page, stands_at


@pytest.fixture
def work(site):
    return Work(site)


def open_classes(page: Page, work: Work) -> None:
    page.goto(f"/projects/{work.project}/classes/")
    expect(page.locator(".class-row")).to_have_count(2)


def choose(page: Page, name: str, verb: str) -> None:
    row = page.locator(".class-row").filter(has=page.get_by_role("button", name=f"More for “{name}”"))
    row.get_by_role("button", name=f"More for “{name}”").click()
    row.get_by_role("button", name=verb).click()


def names(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator(".class-row").get_by_label("Name", exact=True).all()]


def test_a_new_name_goes_back_also_after_a_reload(page: Page, work: Work):
    open_classes(page, work)
    name = page.locator(".class-row").first.get_by_label("Name", exact=True)
    name.fill("lion")
    name.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Renaming “cat” to “lion”")
    page.reload()
    page.get_by_role("button", name="Undo: Renaming “cat” to “lion”").click()
    expect(name).to_have_value("cat")
    expect(page.locator(".class-change-undone")).to_have_count(1)


def test_an_order_by_keyboard_goes_back_from_the_notice(page: Page, work: Work):
    open_classes(page, work)
    page.get_by_role("button", name="Move “dog”").focus()
    page.keyboard.press("ArrowUp")
    assert names(page) == ["dog", "cat"]
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".class-row").first.get_by_label("Name", exact=True)).to_have_value("cat")


def test_two_classes_are_merged_and_parted_again(page: Page, work: Work):
    for index in range(3):
        work.give(index, work.cat)
    open_classes(page, work)
    choose(page, "cat", "Merge into another…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Merge into").select_option(label="dog")
    expect(dialog).to_contain_text("3 annotations on 3 images become “dog”")
    dialog.get_by_role("button", name="Merge").click()
    expect(page.locator(".class-row")).to_have_count(1)
    assert [work.classes(index) for index in range(3)] == [[work.dog]] * 3
    page.get_by_role("button", name="Undo: Merging “cat” into “dog”").click()
    expect(page.locator(".class-row")).to_have_count(2)
    expect(page.locator(".class-change-undone")).to_have_count(1)
    expect(page.locator(".class-change").first).to_contain_text("3 annotations")
    assert [work.classes(index) for index in range(3)] == [[work.cat]] * 3


def test_a_class_is_deleted_with_what_is_counted_first(page: Page, work: Work):
    work.give(0, work.dog)
    open_classes(page, work)
    choose(page, "dog", "Delete…")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 annotation on 1 image")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.locator(".class-row")).to_have_count(1)
    assert (work.classes(0), work.labels(0)["status"]) == ([], "new")


def test_an_attribute_is_made_in_the_form_and_filled_in_while_labelling(page: Page, work: Work):
    open_classes(page, work)
    choose(page, "cat", "Attributes…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Attribute", exact=True).click()
    dialog.get_by_label("Name").fill("fur")
    dialog.get_by_label("Option 1").fill("red")
    dialog.get_by_label("Option 1").press("Enter")
    dialog.get_by_label("Option 2").fill("red")
    dialog.get_by_text("Required").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("The option “red” is there twice.")
    dialog.get_by_label("Option 2").fill("grey")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".class-attributes").first).to_have_text("1 attribute")

    open_label_page(page, work)
    stands_at(page, 1)
    page.keyboard.press("1")
    fur = page.get_by_label("fur")
    expect(fur).to_be_focused()
    stands_at(page, 1)
    fur.select_option("grey")
    stands_at(page, 2)
    is_saved(page)
    assert work.labels(0)["annotations"][0]["attributes"] == {"fur": "grey"}
    assert work.labels(0)["status"] == "labelled"

    open_classes(page, work)
    choose(page, "cat", "Attributes…")
    dialog.get_by_role("button", name="Delete the option “grey”").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("fur: grey (1)")
    dialog.get_by_label("Option 1").fill("ginger")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("button", name="Save, and delete 1 value").click()
    expect(page.locator(".toast")).to_contain_text("Done: The attributes of “cat”")
    assert work.labels(0)["annotations"][0]["attributes"] == {}
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".class-change-undone")).to_have_count(1)
    expect(page.locator(".class-change").first).to_contain_text("1 annotation")
    assert work.labels(0)["annotations"][0]["attributes"] == {"fur": "grey"}


def test_who_labels_with_a_class_that_was_merged_is_offered_the_other(page: Page, work: Work):
    open_label_page(page, work, f"?image={work.images[0]}")
    page.wait_for_load_state("networkidle")
    merged = work.call("POST", f"/api/projects/{work.project}/classes/{work.cat}/merge/", json={"into": work.dog})
    page.keyboard.press("1")
    dialog = page.get_by_role("dialog", name="A change was not saved")
    expect(dialog).to_contain_text("has merged the class “cat” into “dog”.")
    dialog.get_by_role("button", name="Use “dog” instead").click()
    is_saved(page)
    assert work.classes(0) == [work.dog]
    expect(page.locator(".label-class")).to_have_count(1)
    assert work.call("GET", f"/api/class-changes/{merged['id']}/")["error"] == ""


def test_classes_go_from_one_project_to_another_as_text(page: Page, work: Work):
    open_classes(page, work)
    page.get_by_role("button", name="As text").click()
    dialog = page.get_by_role("dialog", name="Classes as text")
    text = dialog.get_by_label("Classes as JSON")
    text.fill('[\n "horse",\n {"name": "cat", "color": "red"}]')
    expect(dialog).to_contain_text("Line 3, 1.color: Write it as #rrggbb.")
    text.fill('["horse", {"name": "cat", "color": "#123456"}, "dog"]')
    expect(dialog).to_contain_text("New: 1. The same: 1. Different: 1.")
    dialog.get_by_label("Which “cat”").select_option("theirs")
    dialog.get_by_role("button", name="Apply").click()
    expect(page.locator(".class-row")).to_have_count(3)
    found = work.call("GET", f"/api/projects/{work.project}/classes/")["results"]
    assert [(each["name"], each["color"]) for each in found][::2] == [("cat", "#123456"), ("horse", found[2]["color"])]


def test_attributes_are_written_as_json_and_a_problem_names_its_line(page: Page, work: Work):
    open_classes(page, work)
    choose(page, "cat", "Attributes…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="JSON").click()
    text = dialog.get_by_label("Attributes as JSON")
    expect(text).to_have_value("[]")
    text.fill('[\n {"name": "fur", "type": "select",\n  "options": ["red", "red"]}\n]')
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Line 3, 0.options.1: The option “red” is there twice.")
    fur = {"name": "fur", "type": "select", "options": ["red", "grey"]}
    age = {"name": "age", "type": "number", "min": 0}
    text.fill(json.dumps([fur, age]))
    dialog.get_by_role("tab", name="Form").click()
    expect(dialog.get_by_label("Name").nth(1)).to_have_value("age")
    expect(dialog.get_by_label("Least")).to_have_value("0")
    dialog.get_by_role("button", name="Option", exact=True).click()
    dialog.get_by_label("Option 3").fill("black")
    dialog.get_by_label("Default").first.select_option("black")
    dialog.get_by_label("Default").first.select_option("None")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".class-attributes").first).to_have_text("2 attributes")
    first, _ = work.call("GET", f"/api/projects/{work.project}/classes/")["results"]
    assert first["attributes"] == [fur | {"options": ["red", "grey", "black"]}, age]


def test_classes_as_text_tell_which_attributes_differ_and_take_them_over(page: Page, work: Work):
    fur = {"name": "fur", "type": "select", "options": ["red"]}
    path = f"/api/projects/{work.project}/classes/{work.cat}/"
    work.call("PATCH", path, json={"attributes": [fur]})
    open_classes(page, work)
    page.get_by_role("button", name="As text").click()
    dialog = page.get_by_role("dialog", name="Classes as text")
    text = dialog.get_by_label("Classes as JSON")
    theirs = [{"name": "cat", "attributes": [fur | {"options": ["red", "grey"]}, {"name": "old", "type": "checkbox"}]}]
    text.fill(json.dumps(theirs))
    expect(dialog).to_contain_text("fur, options red → red, grey")
    expect(dialog).to_contain_text("old – → Yes or no")
    dialog.get_by_label("Which “cat”").select_option("theirs")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_role("alert")).to_contain_text("No connection to the server.")
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Apply").click()
    expect(page.locator(".class-attributes").first).to_have_text("2 attributes")
    assert work.call("GET", path)["attributes"] == theirs[0]["attributes"]


def test_a_part_of_a_class_is_split_off_and_comes_back(page: Page, work: Work):
    fur = {"name": "fur", "type": "select", "options": ["red", "grey"]}
    work.call("PATCH", f"/api/projects/{work.project}/classes/{work.cat}/", json={"attributes": [fur]})
    for index, value in enumerate(("red", "grey", "grey")):
        work.give(index, work.cat, fur=value)
    open_classes(page, work)
    choose(page, "cat", "Split off…")
    dialog = page.get_by_role("dialog", name="Split a class off “cat”")
    split = dialog.get_by_role("button", name="Split off")
    dialog.get_by_label("Name of the new class").fill("grey cat")
    expect(dialog).to_contain_text("3 annotations on 3 images move to the new class.")
    expect(split).to_be_enabled()
    expect(dialog.get_by_label("Source")).to_contain_text("by hand (3)")
    dialog.get_by_label("fur").select_option(label="grey (2)")
    expect(split).to_be_disabled()  # until it is counted anew
    expect(dialog).to_contain_text("2 annotations on 2 images move to the new class.")
    split.click()
    expect(page.locator(".class-row")).to_have_count(3)
    classes = work.call("GET", f"/api/projects/{work.project}/classes/")["results"]
    new = next(each["id"] for each in classes if each["name"] == "grey cat")
    assert [work.classes(index) for index in range(3)] == [[work.cat], [new], [new]]
    page.get_by_role("button", name="Undo: Splitting").click()
    expect(page.locator(".class-row")).to_have_count(2)
    expect(page.locator(".class-change-undone")).to_have_count(1)
    assert [work.classes(index) for index in range(3)] == [[work.cat]] * 3
