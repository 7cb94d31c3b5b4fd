"""Labelling by hand in a real browser: one key each, nothing lost without a network, two people at once."""

import io
import re
import uuid

import pytest
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.joining import join
from tests.browser.scripted import Scripted

IMAGES = 8


class Work(Scripted):
    """A project with images and two classes, made through the API."""

    def __init__(self, site):
        super().__init__(site)
        self.project = self.call("POST", "/api/projects/", json={"name": "Keys", "kind": "classification"})["id"]
        classes = f"/api/projects/{self.project}/classes/"
        self.cat, self.dog = (self.call("POST", classes, json={"name": name})["id"] for name in ("cat", "dog"))
        files = [("files", (f"{number}.png", drawn(number))) for number in range(IMAGES)]
        self.images = [
            each["id"] for each in self.call("POST", f"/api/projects/{self.project}/images/", files=files)["results"]
        ]

    def labels(self, index: int) -> dict:
        return self.call("GET", f"/api/images/{self.images[index]}/annotations/")

    def classes(self, index: int) -> list[int]:
        return [each["class"] for each in self.labels(index)["annotations"]]

    def give(self, index: int, label_class: int, **attributes) -> None:
        tag = {"id": str(uuid.uuid4()), "class": label_class, "shape": "tag", "geometry": {}, "attributes": attributes}
        body = {"base_revision": self.labels(index)["revision"], "key": str(uuid.uuid4()), "upsert": [tag]}
        self.call("PATCH", f"/api/images/{self.images[index]}/annotations/", json=body | {"status": "labelled"})


def drawn(number: int) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (64, 48), (number * 30, 90, 200 - number * 20)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def work(site):
    return Work(site)


def open_label_page(page: Page, work: Work, query: str = "") -> None:
    page.goto(f"/projects/{work.project}/label/{query}")
    expect(page.locator(".label-frame img")).to_be_visible()


def stands_at(page: Page, position: int) -> None:
    expect(page.locator("[data-position]")).to_have_text(f"{position} / {IMAGES}")


def is_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(re.compile("Saved at|All saved"))


def test_one_key_labels_and_goes_on_and_undo_comes_back(page: Page, work: Work):
    open_label_page(page, work)
    stands_at(page, 1)
    page.keyboard.press("1")
    stands_at(page, 2)
    page.keyboard.press("2")
    stands_at(page, 3)
    is_saved(page)
    assert (work.classes(0), work.classes(1), work.labels(0)["status"]) == ([work.cat], [work.dog], "labelled")
    page.keyboard.press("Control+z")
    stands_at(page, 2)
    expect(page.locator("[data-bar] [data-status]")).to_have_text("New")
    is_saved(page)
    assert work.classes(1) == []
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-bar] [data-status]")).to_have_text("Labelled")
    page.keyboard.press("ArrowLeft")
    stands_at(page, 1)
    page.keyboard.press("Space")
    stands_at(page, 2)


def test_what_was_done_without_a_network_survives_a_reload(page: Page, work: Work):
    open_label_page(page, work)
    page.wait_for_load_state("networkidle")
    page.route("**/annotations/", lambda route: route.abort() if route.request.method == "PATCH" else route.fallback())
    page.keyboard.press("1")
    expect(page.locator("[data-saved]")).to_have_text("Offline, 1 change kept here")
    page.keyboard.press("2")
    expect(page.locator("[data-saved]")).to_have_text("Offline, 2 changes kept here")
    assert work.classes(0) == []
    page.unroute("**/annotations/")
    page.reload()
    is_saved(page)
    assert (work.classes(0), work.classes(1)) == ([work.cat], [work.dog])


@pytest.mark.parametrize(("button", "kept"), [("Keep mine", "cat"), ("Take the version by owner", "dog")])
def test_two_people_at_once_are_shown_both_versions(page: Page, work: Work, button, kept):
    open_label_page(page, work, f"?image={work.images[0]}")
    page.wait_for_load_state("networkidle")
    work.give(0, work.dog)
    page.keyboard.press("1")
    dialog = page.get_by_role("dialog", name="Changed by two people")
    expect(dialog).to_contain_text("cat")
    expect(dialog).to_contain_text("dog")
    dialog.get_by_role("button", name=button).click()
    is_saved(page)
    assert work.classes(0) == [getattr(work, kept)]


def test_two_tabs_send_each_change_once_and_show_the_same(page: Page, work: Work):
    open_label_page(page, work, f"?image={work.images[0]}")
    other = page.context.new_page()
    open_label_page(other, work, f"?image={work.images[0]}")
    for each in (page, other):
        each.wait_for_load_state("networkidle")
    page.keyboard.press("1")
    expect(other.locator("[data-bar] [data-status]")).to_have_text("Labelled")
    is_saved(page)
    assert work.labels(0)["revision"] == 1


def test_at_the_end_one_is_told_what_comes_next(page: Page, work: Work):
    open_label_page(page, work)
    for position in range(1, IMAGES + 1):
        stands_at(page, position)
        page.keyboard.press("1")
    expect(page.get_by_role("heading", name="Every image is labelled")).to_be_visible()
    expect(page.get_by_role("link", name="Freeze a version")).to_be_visible()


def test_what_one_labelled_is_not_saved_in_the_name_of_who_signs_in_in_another_tab(page: Page, work: Work, site):
    open_label_page(page, work)
    invited = work.call("POST", f"/api/projects/{work.project}/invitations/", json={"role": "annotator"})
    page.context.clear_cookies()
    tab = page.context.new_page()
    join(tab, invited["link"], "Grace Hopper", f"grace-{work.project}")  # the site is shared with other tests
    tab.wait_for_url(f"**/projects/{work.project}/")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("1")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        expect(page.locator("[data-saved]")).to_have_text("Signed out, 1 change kept here")
    expect(page.locator(".toast")).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("Grace Hopper has signed in in another tab.")
    assert work.classes(0) == []
    page.context.clear_cookies()
    sign_in(tab, site)
    is_saved(page)
    assert work.classes(0) == [work.cat]
