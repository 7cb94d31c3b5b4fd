"""A list that cannot be loaded says so and offers another try; what may be seen only once does not wait for a list."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_people import new_project, secret_in

PAGES = {
    "jobs/": ("/jobs/\\?state=(ongoing|ended)&?", "No long work yet"),
    "members/": ("/members/\\?", "(you)"),
    "settings/": ("/storage/$", "no limit for this project"),
    "../../": ("/projects/\\?", "Far away"),
    "exchange/": ("/exports/\\?", "Nothing exported yet"),
}
ELSEWHERE = {
    "/people/": ("/people/$", "(you)"),
    "/profile/": ("/tokens/$", ""),
    "/log/": ("/log/\\?", ""),
    "/projects/trash/": ("/trash/$", ""),
}


@pytest.mark.parametrize("place", [*PAGES, *ELSEWHERE])
def test_a_list_that_cannot_be_loaded_says_so_and_is_tried_again(page: Page, place: str):
    path = place if place in ELSEWHERE else new_project(page, "Far away") + place
    address, content = (PAGES | ELSEWHERE)[place]
    asked = re.compile(f"/api.*{address}")
    page.route(asked, lambda route: route.abort())
    page.goto(path)
    notice = page.locator("main [role=alert].notice")
    expect(notice).to_contain_text("This could not be loaded. No connection to the server.")
    expect(page.locator("main .skeleton:visible")).to_have_count(0)
    page.unroute(asked)
    notice.get_by_role("button", name="Try again").dispatch_event("click")  # jobs try by themselves as well
    expect(notice).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(content)
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)


def test_the_jobs_page_goes_on_asking_when_it_has_asked_too_often(page: Page):
    asked = re.compile(r"/jobs/\?state=ended&?$")
    refusal = {"error": {"code": "throttled", "message": "Too many requests: wait a little."}}
    page.route(asked, lambda route: route.fulfill(status=429, json=refusal))
    page.goto(new_project(page, "Throttled") + "jobs/")
    expect(page.locator("main [role=alert]")).to_contain_text("wait a little")
    page.unroute(asked)
    expect(page.get_by_role("heading", name="No long work yet")).to_be_visible()


def test_a_new_token_is_shown_before_the_list_is_read_again(page: Page):
    page.goto("/profile/")
    expect(page.locator("[data-tokens]")).not_to_have_attribute("aria-busy", "true")
    page.route("**/api/me/tokens/", lambda route: route.continue_() if route.request.method == "POST" else None)
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("What is it for?").fill("on a train")
    page.get_by_role("button", name="Make the token").click()
    assert secret_in(page)
