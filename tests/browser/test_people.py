"""Inviting, joining, labelling with a token that may not, leaving: with real clicks, two people in two browsers."""

import re

import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser.joining import join


def secret_in(page: Page) -> str:
    shown = page.locator("dialog .secret code")
    expect(shown).to_be_visible()
    secret = shown.inner_text()
    page.get_by_role("button", name="Done").click()
    return secret


def new_project(page: Page, name: str) -> str:
    token = page.evaluate("document.cookie").split("csrftoken=")[1].split(";")[0]
    made = page.request.post("/api/projects/", data={"name": name}, headers={"X-CSRFToken": token})
    return f"/projects/{made.json()['id']}/"


def test_somebody_is_invited_joins_works_and_leaves(browser: Browser, page: Page, site):
    project = new_project(page, "Street signs")
    page.goto(f"{project}members/")
    page.get_by_role("button", name="Invite by link").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Role").select_option("reviewer")
    dialog.get_by_label("Whom is it for?").fill("ada@example.org")
    dialog.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("link", name="Write an e-mail")).to_have_attribute("href", re.compile("mailto:ada%40"))
    link = secret_in(page)
    expect(page.get_by_text("not used yet")).to_be_visible()

    context = browser.new_context(base_url=site.address)
    ada = context.new_page()
    join(ada, link, "Ada Lovelace", "ada")
    expect(ada.get_by_role("heading", name="Street signs")).to_be_visible()
    ada.goto(link)
    expect(ada.get_by_text("You are in this project already, as Reviewer")).to_be_visible()

    page.reload()
    page.get_by_text("Closed invitations").click()
    expect(page.get_by_text("used by Ada Lovelace")).to_be_visible()
    page.get_by_label("Role of Ada Lovelace").select_option("annotator")
    expect(page.get_by_text("Ada Lovelace is Annotator now.")).to_be_visible()

    ada.goto(f"{project}members/")
    expect(ada.get_by_role("button", name="Invite by link")).to_have_count(0)
    ada.get_by_role("button", name="Leave", exact=True).click()
    ada.get_by_role("button", name="Leave the project").click()
    expect(ada.get_by_role("heading", name="Projects")).to_be_visible()
    assert ada.goto(project).status == 404
    context.close()


def test_the_last_owner_stays(page: Page):
    page.goto(f"{new_project(page, 'Mine alone')}members/")
    page.get_by_role("button", name="Leave", exact=True).click()
    page.get_by_role("button", name="Leave the project").click()
    expect(page.get_by_text("make somebody else an owner first")).to_be_visible()


def test_a_token_is_made_shown_once_used_and_revoked(page: Page, site):
    page.goto("/profile/")
    page.get_by_role("button", name="Make a token").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is it for?").fill("dashboard")
    dialog.get_by_role("checkbox", name="Label Add").uncheck()
    dialog.get_by_role("button", name="Make the token").click()
    headers = {"Authorization": f"Token {secret_in(page)}"}
    assert requests.get(f"{site.address}/api/me/", headers=headers, timeout=30).status_code == 200
    refused = requests.post(f"{site.address}/api/projects/", json={"name": "x"}, headers=headers, timeout=30)
    assert refused.status_code == 403
    assert "“manage”" in refused.json()["error"]["message"]
    page.reload()
    expect(page.locator(".token", has_text="dashboard")).to_contain_text("from 127.0.0.1")
    page.get_by_role("button", name="Revoke “dashboard”").click()
    page.get_by_role("button", name="Revoke", exact=True).last.click()
    expect(page.locator(".token", has_text="dashboard")).to_have_count(0)
    assert requests.get(f"{site.address}/api/me/", headers=headers, timeout=30).status_code == 401


def test_a_person_who_owns_a_project_alone_is_deactivated_after_handing_over(page: Page, browser: Browser, site):
    page.goto("/people/")
    page.get_by_role("button", name="Make an account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Username").fill("margaret")
    dialog.get_by_role("button", name="Make the account").click()
    password = secret_in(page)
    context = browser.new_context(base_url=site.address)
    margaret = context.new_page()
    margaret.goto("/sign-in/")
    margaret.get_by_label("Username").fill("margaret")
    margaret.get_by_label("Password").fill(password)
    margaret.get_by_role("button", name="Sign in").click()
    expect(margaret.get_by_role("heading", name="Projects")).to_be_visible()
    new_project(margaret, "Her own")

    page.get_by_role("button", name="Change margaret", exact=True).click()
    page.get_by_role("button", name="Deactivate").click()
    page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    hand_over = page.get_by_role("dialog")
    expect(hand_over).to_contain_text("margaret is the only owner of “Her own”")
    hand_over.get_by_label("Who shall own them?").fill("nobody")
    hand_over.get_by_role("button", name="Hand over and deactivate").click()
    expect(hand_over).to_contain_text("Nobody else here has this username")
    hand_over.get_by_label("Who shall own them?").fill("owner")
    hand_over.get_by_role("button", name="Hand over and deactivate").click()
    expect(page.locator(".person", has_text="margaret")).to_contain_text("Deactivated")
    margaret.goto("/")
    expect(margaret.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("main").get_by_text("Her own")).to_be_visible()
    context.close()
