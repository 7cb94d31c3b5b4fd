"""A round of two people, of whom one sits at the page: from labelling to merging."""

import uuid

import requests
from playwright.sync_api import Page, expect

from tests.browser.drawing import Work

PASSWORD = "correct horse battery"


def test_two_people_label_blind_and_a_reviewer_merges(page: Page, site):
    work = Work(site)
    colleague = join(work, site)
    me = work.call("GET", "/api/me/")["id"]
    theirs = colleague("GET", "/api/me/")["id"]
    body = {"ids": [work.images[0]], "people": [me, theirs]}
    round = work.call("POST", f"/api/projects/{work.project}/rounds/", json=body)
    (copy,) = colleague("GET", f"/api/projects/{work.project}/queue/?round={round['id']}")["results"]
    shape = {"id": str(uuid.uuid4()), "class": work.car, "shape": "box", "geometry": {"box": [100, 100, 200, 150]}}
    sent = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [shape], "status": "labelled"}
    colleague("PATCH", f"/api/images/{copy['id']}/annotations/", json=sent)
    colleague("PUT", f"/api/rounds/{round['id']}/completion/")

    page.goto(f"/projects/{work.project}/")
    page.get_by_role("link", name="Start").last.click()
    expect(page.locator(".label-frame img")).to_be_visible()
    expect(page.locator("[data-objects-count]")).to_have_text("0")  # nothing of what the other one drew
    page.get_by_role("button", name="Nothing on it").click()
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url(f"**/projects/{work.project}/")

    page.goto(f"/projects/{work.project}/rounds/{round['number']}/")
    expect(page.get_by_role("heading", name="Person by person")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Merge one by one").click()
    expect(page.locator("[data-taken]")).to_have_text("0 labels taken")
    page.locator("[data-row] input").check()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rounds/{round['number']}/")
    kept = work.call("GET", f"/api/images/{work.images[0]}/annotations/")
    assert [each["geometry"]["box"] for each in kept["annotations"]] == [[100, 100, 200, 150]]
    assert kept["status"] == "labelled"


def join(work: Work, site):
    """A colleague of the project, by the API; answers how they call it."""
    invited = work.call("POST", f"/api/projects/{work.project}/invitations/", json={"role": "annotator"})
    secret = invited["link"].rstrip("/").split("/")[-1]
    name = f"colleague-{work.project}"
    person = {"username": name, "name": "Colleague", "password": PASSWORD}
    requests.post(f"{site.address}/api/join/{secret}/", json=person, timeout=20).raise_for_status()
    token = requests.post(
        f"{site.address}/api/auth/token/", json={"username": name, "password": PASSWORD}, timeout=20
    ).json()["token"]

    def call(method: str, path: str, **options):
        headers = {"Authorization": f"Token {token}"}
        answer = requests.request(method, f"{site.address}{path}", headers=headers, timeout=20, **options)
        answer.raise_for_status()
        return answer.json()

    return call
