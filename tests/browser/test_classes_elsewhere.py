"""Classes that somebody else renames, merges or deletes while one labels."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_attributes import open_first
from tests.browser.test_label import Work, is_saved, stands_at


@pytest.fixture
def work(site):
    return Work(site)


def test_classes_that_somebody_else_changes_come_by_themselves(page: Page, work: Work):
    page.clock.install()
    open_first(page, work)
    work.call("PATCH", f"/api/projects/{work.project}/classes/{work.cat}/", json={"name": "lion"})
    work.call("POST", f"/api/projects/{work.project}/classes/", json={"name": "fox"})
    page.clock.run_for(20_000)
    expect(page.locator(".label-class-name")).to_have_text(["lion", "dog", "fox"])


def test_one_answer_is_enough_for_all_that_waits_of_a_class_that_was_merged(page: Page, work: Work):
    open_first(page, work)
    page.route("**/annotations/", lambda route: route.abort() if route.request.method == "PATCH" else route.fallback())
    for position in range(1, 5):
        stands_at(page, position)
        page.keyboard.press("1")
    expect(page.locator("[data-saved]")).to_have_text("Offline, 4 changes kept here")
    work.call("POST", f"/api/projects/{work.project}/classes/{work.cat}/merge/", json={"into": work.dog})
    page.unroute("**/annotations/")
    page.evaluate("dispatchEvent(new Event('online'))")
    dialog = page.get_by_role("dialog", name="A change was not saved")
    expect(dialog).to_contain_text("The same holds for 3 other changes")
    dialog.get_by_role("button", name="Use “dog” instead").click()
    is_saved(page)
    expect(dialog).to_have_count(0)
    assert [work.classes(index) for index in range(4)] == [[work.dog]] * 4


@pytest.fixture
def refused(page: Page, work: Work):
    """The question about a change that gives a class which somebody else has deleted."""
    open_first(page, work)
    work.call("POST", f"/api/projects/{work.project}/classes/{work.cat}/deletion/")
    page.keyboard.press("1")
    return page.get_by_role("dialog", name="A change was not saved")


def test_of_a_class_that_was_deleted_one_can_drop_the_change(page: Page, work: Work, refused):
    expect(refused.get_by_role("button", name="Drop my change")).to_be_visible()
    expect(refused.get_by_role("button", name="Try again")).to_have_count(0)
    refused.get_by_role("button", name="Drop my change").click()
    is_saved(page)
    assert work.classes(0) == []


def test_what_was_given_a_class_that_was_deleted_can_have_another_one(page: Page, work: Work, refused):
    refused.get_by_label("Another class for it").select_option("dog")
    refused.get_by_role("button", name="Use this class").click()
    is_saved(page)
    expect(refused).to_have_count(0)
    assert work.classes(0) == [work.dog]
