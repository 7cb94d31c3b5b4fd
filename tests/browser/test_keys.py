"""Keys of a page beside those of what has the focus."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_label import Work, is_saved, open_label_page, stands_at


@pytest.fixture
def work(site) -> Work:
    return Work(site)


def test_the_gallerys_keys_leave_a_control_its_own(page: Page, work: Work):
    gallery = f"/projects/{work.project}/images/"
    page.goto(gallery)
    tiles = page.locator(".tile:visible")
    expect(tiles).to_have_count(len(work.images))
    trash = page.locator("[data-trash]")
    trash.focus()
    page.keyboard.press("Enter")
    expect(trash).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    expect(trash).to_have_attribute("aria-pressed", "false")
    expect(tiles).to_have_count(len(work.images))
    expect(page.locator(".tile[aria-selected=true]")).to_have_count(0)
    search = page.locator("[data-search]")
    search.fill("nothing like it")
    search.press("Control+a")
    expect(page.locator(".tile[aria-selected=true]")).to_have_count(0)
    search.press("Delete")
    expect(search).to_have_value("")
    page.get_by_role("grid", name="Images").focus()
    page.keyboard.press("Control+a")
    expect(page.locator(".tile[aria-selected=true]")).to_have_count(len(work.images))
    assert page.url.endswith(gallery)
    page.keyboard.press("Enter")
    page.wait_for_url("**/label/?image=*")


def test_the_labelling_keys_leave_a_control_its_own_also_beside_the_page(page: Page, work: Work):
    open_label_page(page, work)
    page.keyboard.press("1")
    is_saved(page)
    stands_at(page, 2)
    page.get_by_placeholder("New class").fill("a")
    page.keyboard.press("Control+z")
    stands_at(page, 2)
    page.locator("[data-toggle-sidebar]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-sidebar", "collapsed")
    stands_at(page, 2)
