from playwright.sync_api import Page


def join(page: Page, link: str, name: str, username: str) -> None:
    """Somebody without an account follows an invitation to a project."""
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill("staple battery horse")
    page.get_by_role("button", name="Make an account and join").click()
