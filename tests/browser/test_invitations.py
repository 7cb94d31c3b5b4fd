import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_people import new_project, secret_in


@pytest.fixture
def members(page: Page) -> str:
    return f"{new_project(page, 'By invitation')}members/"


def invite(page: Page, note: str) -> str:
    page.get_by_role("button", name="Invite by link").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Whom is it for?").fill(note)
    dialog.get_by_role("button", name="Make the link").click()
    return secret_in(page)


def withdraw(page: Page, note: str) -> None:
    page.get_by_role("button", name=f"Withdraw the invitation “{note}”").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw", exact=True).click()


def test_a_link_is_renewed_and_withdrawn(page: Page, browser: Browser, site, members):
    page.goto(members)
    first = invite(page, "for Ada")
    page.get_by_role("button", name="New link").click()
    page.get_by_role("button", name="Make another link").click()
    second = secret_in(page)
    assert first != second
    context = browser.new_context(base_url=site.address)
    guest = context.new_page()
    guest.goto(first)
    expect(guest.get_by_label("Your name")).to_have_count(0)
    guest.goto(second)
    expect(guest.get_by_label("Your name")).to_be_visible()

    withdraw(page, "for Ada")
    expect(page.get_by_text("No open invitations")).to_be_visible()
    page.get_by_text("Closed invitations").click()
    expect(page.locator("[data-closed-list]")).to_contain_text("Withdrawn")
    guest.reload()
    expect(guest.get_by_label("Your name")).to_have_count(0)
    context.close()


def test_further_invitations_are_reached_also_where_the_first_page_has_no_open_or_no_closed_one(page: Page, members):
    page.goto(members)
    invite(page, "the open one")
    invite(page, "the withdrawn one")
    withdraw(page, "the withdrawn one")
    expect(page.get_by_text("Closed invitations")).to_be_visible()
    page.route(re.compile(r"/invitations/$"), lambda route: route.continue_(url=route.request.url + "?page_size=1"))
    page.reload()
    expect(page.get_by_text("Closed invitations")).to_be_visible()
    expect(page.get_by_text("No open invitations")).to_be_hidden()
    more = page.get_by_role("button", name="Show more")
    more.dblclick()
    expect(page.locator("[data-open] .invitation")).to_have_count(1)
    expect(page.locator("[data-open]")).to_contain_text("the open one")
    expect(more).to_be_hidden()
