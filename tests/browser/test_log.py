import requests
from playwright.sync_api import Page, expect


def make_project(site, name: str) -> int:
    session = requests.Session()
    body = {"username": site.username, "password": site.password}
    token = session.post(f"{site.address}/api/auth/token/", json=body).json()["token"]
    session.headers["Authorization"] = f"Token {token}"
    project = session.post(f"{site.address}/api/projects/", json={"name": name}).json()["id"]
    session.post(f"{site.address}/api/projects/{project}/exports/", json={"format": "csv"})
    return project


def test_the_log_shows_who_did_what_and_its_filters_narrow_it(page: Page, site):
    project = make_project(site, "<b>Log</b> & more")
    page.goto(f"/projects/{project}/")
    page.get_by_role("link", name="Log", exact=True).click()
    entries = page.locator(".log-entry")
    expect(entries).to_have_count(2)
    expect(entries.last).to_contain_text("owner created the project <b>Log</b> & more")

    page.get_by_label("About").select_option(label="Exports")
    expect(entries).to_have_count(1)
    page.reload()
    expect(entries).to_have_count(1)  # the filters stand in the address

    page.get_by_label("Name").fill("nothing is called so")
    page.get_by_role("button", name="Clear the filters").click()
    expect(entries).to_have_count(2)
