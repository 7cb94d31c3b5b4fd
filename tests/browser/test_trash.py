"""Images and projects in the trash: put there, taken back, restored, and deleted for good."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_label import Work


@pytest.fixture
def work(site) -> Work:
    return Work(site)


@pytest.fixture
def tiles(page: Page, work):
    page.goto(f"/projects/{work.project}/images/")
    found = page.locator(".tile:visible")
    expect(found).to_have_count(len(work.images))
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("toolbar", name="Chosen images").get_by_role("button", name=name, exact=True).click()


def choose_all(page: Page, tiles) -> None:
    """One by one: only then one can undo."""
    tiles.first.click()
    tiles.last.click(modifiers=["Shift"])


def test_all_images_are_trashed_and_come_back_by_undo_if_need_be_once_the_network_is_back(page: Page, work, tiles):
    choose_all(page, tiles)
    press(page, "Trash")
    expect(page.get_by_role("heading", name="No images yet")).to_be_visible()
    page.context.set_offline(True)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast-error")).to_contain_text("No connection to the server")
    page.context.set_offline(False)
    page.locator(".toast-error").get_by_role("button", name="Try again").click()
    expect(tiles).to_have_count(len(work.images))
    expect(page.locator("[data-trash-count]")).to_have_text("0")


def test_an_image_is_restored_and_the_trash_is_emptied(page: Page, work, tiles):
    choose_all(page, tiles)
    press(page, "Trash")
    page.locator("[data-trash]").click()
    expect(tiles).to_have_count(len(work.images))
    tiles.first.click()
    press(page, "Restore")
    expect(tiles).to_have_count(len(work.images) - 1)
    page.get_by_role("button", name="Empty the trash").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{len(work.images) - 1} images in it and their labels")
    dialog.get_by_role("button", name="Empty the trash").click()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()
    page.locator("[data-trash]").click()
    expect(tiles).to_have_count(1)


def test_what_a_colleague_trashes_meanwhile_is_not_deleted_for_good(page: Page, work, tiles):
    tiles.first.click()
    press(page, "Trash")
    page.locator("[data-trash]").click()
    expect(tiles).to_have_count(1)
    page.keyboard.press("Control+a")
    press(page, "Delete for good")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Delete 1 image for good?")
    body = {"filters": {}, "set": {"trashed": True}}
    assert work.call("POST", f"/api/projects/{work.project}/images/bulk/", json=body)["changed"] == len(work.images) - 1
    dialog.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".toast-error")).to_contain_text(f"{len(work.images)} images match now, not 1")
    expect(tiles).to_have_count(len(work.images))
    expect(page.locator("[data-selected]")).to_have_text(f"{len(work.images)} chosen")


def test_a_deleted_project_is_restored_with_its_images(page: Page, work):
    name = work.call("GET", f"/api/projects/{work.project}/")["name"]
    page.goto(f"/projects/{work.project}/settings/")
    page.get_by_role("button", name="Delete the project").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(name)
    dialog.get_by_role("button", name="Delete the project").click()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))
    assert page.request.get(f"/api/projects/{work.project}/").status == 404
    page.goto("/projects/trash/")
    row = page.locator(".trash-row", has_text=name).first
    row.get_by_role("button", name="Restore").click()
    expect(page).to_have_url(re.compile(f"/projects/{work.project}/$"))
    assert work.call("GET", f"/api/projects/{work.project}/images/counts/")["total"] == len(work.images)
