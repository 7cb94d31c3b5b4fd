"""A real Chromium, found on the system, against the running site."""

import shutil

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Two cores may be busy with a training while a page draws.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser():
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "No Chromium found: run `make browser`."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


def sign_in(page: Page, site) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()


@pytest.fixture(scope="session")
def cookies() -> list:
    """The owner's, kept for all tests: to sign in takes a second."""
    return []


@pytest.fixture
def page(browser: Browser, site, cookies) -> Page:
    """A page of a person who is signed in as the owner; an error or a breach of the content policy fails the test."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1440, "height": 900})
    context.add_cookies(cookies)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Security Policy" in line.text else None)
    opened.goto("/")
    if "/sign-in/" in opened.url:  # the first time, and after a test has ended all sessions
        sign_in(opened, site)
        cookies[:] = context.cookies()
    yield opened
    context.close()
    assert not problems, problems
