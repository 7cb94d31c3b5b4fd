import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_people import new_project

IN_VAIN = 700  # milliseconds in which a request would have been made


@pytest.fixture
def role(page: Page):
    page.goto(f"{new_project(page, 'Ours')}members/")
    return page.get_by_label("Role of owner")


def test_stepping_through_the_roles_changes_nothing_until_enter_and_oneself_is_asked(page: Page, role):
    changes: list[str] = []
    page.on("request", lambda request: changes.append(request.method) if request.method == "PATCH" else None)
    expect(page.get_by_text("…")).to_have_count(0)  # the work has been counted
    role.focus()
    page.keyboard.press("ArrowDown")
    expect(role).to_have_value("reviewer")
    page.wait_for_timeout(IN_VAIN)
    page.keyboard.press("Escape")
    expect(role).to_have_value("owner")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Stop owning “Ours”?")
    expect(dialog).to_contain_text("You become Reviewer")
    dialog.get_by_role("button", name="Cancel").click()
    expect(role).to_have_value("owner")
    expect(role).to_be_focused()
    assert changes == []


def test_a_role_that_is_stepped_to_counts_on_leaving(page: Page, role):
    token = page.evaluate("document.cookie").split("csrftoken=")[1].split(";")[0]
    headers = {"X-CSRFToken": token}
    page.request.post("/api/people/", data={"username": "hopper"}, headers=headers)
    address = page.url.split("/projects/")[1].split("/")[0]
    page.request.post(
        f"/api/projects/{address}/members/", data={"username": "hopper", "role": "viewer"}, headers=headers
    )
    page.reload()
    hers = page.get_by_label("Role of hopper")
    hers.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(page.get_by_text("hopper is Reviewer now.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove hopper")).to_be_focused()


def test_owning_no_more_is_done_after_the_question(page: Page, role):
    role.select_option("viewer")
    page.get_by_role("button", name="Stop owning it").click()
    expect(page.locator(".toast")).to_contain_text("make somebody else an owner first")
    expect(role).to_have_value("owner")
