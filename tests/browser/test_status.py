"""The status page tells how the site is, and keeps telling when a part of it cannot be asked."""

import re

from playwright.sync_api import Page, expect


def test_each_part_is_told_and_one_that_fails_leaves_the_others(page: Page):
    page.goto("/")
    page.get_by_role("button", name="owner").click()
    page.get_by_role("link", name="Status").click()
    workers = page.locator("[data-part=workers]")
    expect(workers).to_contain_text("light@", timeout=60_000)
    expect(workers).to_contain_text("beat@")
    queues = page.locator("[data-part=queues]")
    expect(queues.get_by_role("rowheader", name="rescue")).to_be_visible()

    page.route("**/api/status/queues/", lambda route: route.abort())
    expect(queues).to_contain_text("This cannot be read just now", timeout=30_000)
    expect(queues.get_by_role("rowheader", name="rescue")).to_be_visible()  # what was known stays, dimmed
    expect(page.locator("[data-status-whole]")).to_have_text("Something is wrong")
    expect(page.locator("[data-part=workers] [data-problem]")).to_be_hidden()

    page.unroute("**/api/status/queues/")
    expect(queues.locator("[data-problem]")).to_be_hidden(timeout=30_000)
    expect(queues.locator("[data-state]")).to_have_text(re.compile("OK|Warning|Problem"))


def test_a_card_goes_on_telling_while_it_has_the_keyboard(page: Page):
    page.goto("/status/")
    queues = page.locator("[data-part=queues]")
    table = queues.get_by_role("region", name="Queues")
    expect(table).to_contain_text("rescue", timeout=60_000)
    table.focus()
    told = page.request.get("/api/status/queues/").text()
    page.route(
        "**/api/status/queues/",
        lambda route: route.fulfill(body=told.replace("rescue", "rescued"), content_type="application/json"),
    )
    expect(table.get_by_role("rowheader", name="rescued")).to_be_visible(timeout=30_000)
    expect(table).to_be_focused()
