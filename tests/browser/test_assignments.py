"""Images are shared out on the page of assignments, and labelled in a queue of their own."""

from playwright.sync_api import Page, expect

from tests.browser.drawing import Work


def test_images_are_assigned_labelled_in_their_own_queue_and_said_to_be_done(page: Page, site):
    work = Work(site)
    page.goto(f"/projects/{work.project}/assignments/")
    page.locator("[data-assign]").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Images in no assignment")).to_contain_text("Not labelled yet (2)")
    dialog.get_by_role("checkbox").first.check()
    dialog.get_by_label("Images for each, at most").fill("1")
    dialog.get_by_role("button", name="Assign").click()
    row = page.locator("[data-list] [data-row]")
    expect(row).to_have_count(1)
    page.goto(f"/projects/{work.project}/assignments/")
    row.get_by_role("link").first.click()
    page.wait_for_url("**/label/?assignment=*")
    expect(page.locator("[data-assignment-name]")).to_have_text("Assignment 1")
    expect(page.locator("[data-position]")).to_have_text("1 / 1")
    page.keyboard.press("Shift+Enter")
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url(f"**/projects/{work.project}/")
    (made,) = work.call("GET", f"/api/projects/{work.project}/assignments/")["results"]
    assert (made["total"], made["labelled"]) == (1, 1)
    assert made["finished_at"]
