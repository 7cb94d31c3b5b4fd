"""Labelling where something is away: the network, a picture, room to store changes, or far away in the queue."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_label import IMAGES, Work, drawn, is_saved, open_label_page, stands_at

MORE = 160
FULL = """IDBObjectStore.prototype.add = () => { throw new DOMException("No room.", "QuotaExceededError"); };"""


@pytest.fixture
def work(site):
    return Work(site)


def drawn_apart(number: int) -> bytes:
    return drawn(1) + b"\0" * (number + 1)  # each with bytes of its own: the same picture would come in once


def refuse_saves(route: Route) -> None:
    if route.request.method == "PATCH":
        route.abort()
    else:
        route.fallback()


def test_what_the_browser_cannot_store_is_told_and_the_page_asks_before_it_closes(page: Page, work: Work):
    page.add_init_script(FULL)
    open_label_page(page, work)
    page.wait_for_load_state("networkidle")
    page.route("**/annotations/", refuse_saves)
    page.keyboard.press("1")
    stands_at(page, 2)
    page.keyboard.press("2")
    saved = page.locator("[data-saved]")
    expect(saved).to_have_text("Offline, 2 changes kept only in this page: leave it open")
    expect(page.get_by_role("status").filter(has_text="Offline")).to_have_text("Offline")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.unroute("**/annotations/")
    page.evaluate("dispatchEvent(new Event('online'))")
    is_saved(page)
    assert [work.classes(index) for index in range(2)] == [[work.cat], [work.dog]]


def test_of_an_image_that_cannot_be_loaded_no_other_is_shown_in_its_place(page: Page, work: Work):
    broken = work.call("GET", f"/api/projects/{work.project}/queue/?image={work.images[1]}&before=0&after=0")
    page.route(f"**{broken['results'][0]['display']}", lambda route: route.abort())
    open_label_page(page, work, f"?image={work.images[0]}")
    page.keyboard.press("ArrowRight")
    stands_at(page, 2)
    expect(page.get_by_role("heading", name="This image cannot be shown")).to_be_visible()
    expect(page.locator(".label-frame img")).to_have_count(0)
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".label-frame img")).to_be_visible()
    expect(page.get_by_role("heading", name="This image cannot be shown")).to_be_hidden()


def test_without_a_network_the_end_of_the_queue_is_not_taken_for_the_end_of_the_work(page: Page, work: Work):
    open_label_page(page, work, f"?image={work.images[-1]}")
    stands_at(page, IMAGES)
    page.wait_for_load_state("networkidle")
    page.route("**/queue/**", lambda route: route.abort())
    page.keyboard.press("ArrowRight")
    again = page.get_by_role("alert").get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    expect(page.get_by_role("heading", name="Every image is labelled")).to_be_hidden()
    page.unroute_all()
    again.click()
    expect(page.get_by_role("heading", name="The end of this queue")).to_be_visible()


def test_a_choice_of_images_is_made_with_enter_where_keys_only_step_to_it(page: Page, work: Work):
    work.give(0, work.cat)
    open_label_page(page, work, f"?status=new&status=labelled&class={work.cat}")
    show = page.get_by_label("Which images")
    expect(show).to_have_value("custom")
    show.focus()
    for _time in range(2):
        page.keyboard.press("ArrowUp")
    expect(show).to_have_value("labelled")
    assert "status=new" in page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**/label/?status=labelled*")
    expect(page.locator(".label-frame img")).to_be_visible()


def test_the_filmstrip_goes_on_while_it_is_scrolled_and_what_is_in_sight_stays(page: Page, work: Work):
    files = [("files", (f"more {number:03}.png", drawn_apart(number))) for number in range(MORE)]
    images = [each["id"] for each in work.call("POST", f"/api/projects/{work.project}/images/", files=files)["results"]]
    middle = images[MORE // 2]
    open_label_page(page, work, f"?image={middle}&order=id")
    page.wait_for_load_state("networkidle")
    strip = page.locator("[data-strip]")
    strip.evaluate("each => each.scrollTo(0, 0)")  # near the beginning of what is known: it grows there
    first = page.locator(f"[data-image='{images[MORE // 2 - 25]}']")
    expect(first).to_be_in_viewport()
    place = first.bounding_box()
    expect(page.locator(f"[data-image='{images[MORE // 2 - 35]}']")).to_be_attached()
    assert first.bounding_box() == place
    for _time in range(3):
        strip.evaluate("each => each.scrollTo(0, 0)")
        page.wait_for_timeout(300)
    expect(page.locator(f"[data-image='{work.images[0]}']")).to_be_in_viewport()
