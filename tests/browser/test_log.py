import requests
from playwright.sync_api import Page, expect


def api(site):
    session = requests.Session()
    session.headers["Authorization"] = f"Token {site.token}"

    def post(path: str, body: dict) -> dict:
        answer = session.post(site.address + path, json=body, timeout=60)
        assert answer.ok, answer.text
        return answer.json()

    return post


def make_project(site, name: str) -> int:
    post = api(site)
    project = post("/api/projects/", {"name": name})["id"]
    post(f"/api/projects/{project}/exports/", {"format": "csv"})
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


def test_the_site_log_is_narrowed_by_name_person_kind_and_day(page: Page, site):
    post = api(site)
    for username in ("ada.lovelace", "mary.shelley"):
        post("/api/people/", {"username": username})
    page.goto("/log/")
    entries = page.locator(".log-entry")
    expect(entries.filter(has_text="mary.shelley").first).to_be_visible()

    page.get_by_label("Name").fill("ADA.love")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("added the person ada.lovelace")
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("ADA.love")
    expect(entries).to_have_count(1)  # the filters stand in the address

    page.get_by_label("Person").select_option(label=site.username)
    page.get_by_label("About").select_option(label="People")
    expect(entries).to_have_count(1)
    page.get_by_role("textbox", name="To").fill("2020-01-01")
    expect(page.get_by_role("heading", name="Nothing fits these filters")).to_be_visible()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(entries.nth(1)).to_be_visible()
    assert "?" not in page.url
