import hashlib
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_label import IMAGES, Work, drawn
from tests.browser.workers import LIGHT, TRAIN, standing_still

SPEC = {
    "task": "classification", "preset": "compact_cnn", "image_size": 128, "batch_size": 8, "epochs": 300,
    "early_stopping": 0, "warmup_epochs": 0, "augmentation": {"enabled": False}, "workers": 1,
}  # fmt: skip
A_POLL = 2000  # milliseconds in which the page has looked again


@pytest.fixture
def work(site):
    return Work(site)


def open_jobs(page: Page, work: Work, query: str = "") -> None:
    page.goto(f"/projects/{work.project}/jobs/{query}")


def begin_export(work: Work, **filters) -> dict:
    body = {"format": "csv", "filters": filters}
    return work.call("POST", f"/api/projects/{work.project}/exports/", json=body)


def begin_run(page: Page, work: Work) -> dict:
    for index in range(IMAGES):
        work.give(index, work.dog if index % 2 else work.cat)
    version = work.call("POST", f"/api/projects/{work.project}/versions/", json={})
    while version["status"] != "completed":
        page.wait_for_timeout(200)
        version = work.call("GET", f"/api/versions/{version['id']}/")
    return work.call("POST", f"/api/projects/{work.project}/runs/", json={"version": version["id"], "spec": SPEC})


def test_an_export_is_counted_at_once_and_told_on_another_page_when_it_has_ended(page: Page, work: Work, site):
    page.goto(f"/projects/{work.project}/exchange/")
    with standing_still(site, LIGHT):
        page.get_by_role("button", name="Export…").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(f"{IMAGES} images")
        dialog.get_by_role("button", name="Export", exact=True).click()
        expect(page.locator("[data-job-count]")).to_have_text("1", timeout=5000)  # it looks by itself every 20 s
        page.goto(f"/projects/{work.project}/classes/")
        expect(page.locator("[data-job-count]")).to_have_text("1")
    notice = page.locator(".toast", has_text="Done: ")
    expect(notice).to_be_visible(timeout=40_000)
    notice.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(f"/projects/{work.project}/exchange/$"))


def test_a_job_is_cancelled_and_tried_again(page: Page, work: Work, site):
    with standing_still(site, LIGHT):
        begin_export(work)
        open_jobs(page, work)
        now, earlier = (
            page.locator("[data-ongoing] [data-row^=export-]"),
            page.locator("[data-ended] [data-row^=export-]"),
        )
        now.get_by_role("button", name="Cancel").click()
        expect(earlier).to_contain_text("Cancelled")
        expect(now).to_have_count(0)
        earlier.get_by_role("button", name="Try again").dblclick()  # the second press is none
        expect(now).to_contain_text("Queued")
        expect(earlier).to_have_count(0)
        expect(page.locator(".toast-error")).to_have_count(0)
    expect(earlier).to_contain_text("Completed", timeout=40_000)


def test_a_training_is_not_discarded_without_asking_and_can_be_stopped(page: Page, work: Work, site):
    with standing_still(site, TRAIN):
        run = begin_run(page, work)
        for _number in range(3):
            begin_export(work)
        open_jobs(page, work)
        row = page.locator(f"[data-row=run-{run['id']}]")
        row.get_by_role("button", name="Cancel").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Stop keeps the best weights instead")
        dialog.get_by_role("button", name="Go on training").click()
        page.wait_for_timeout(A_POLL)
        expect(row).to_contain_text("Queued")
        expect(row.get_by_role("button", name="Stop")).to_have_count(0)  # there is nothing yet to keep
    row.get_by_role("button", name="Stop").click(timeout=40_000)
    expect(row).to_contain_text("Stopping")
    row.get_by_role("button", name="Cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard and end").click()
    expect(page.locator("[data-ended] [data-row]").first).to_contain_text("Cancelled")  # what ended last comes first


def test_rows_are_left_alone_while_others_change(page: Page, work: Work, site):
    begin_export(work, search="nothing is called so")
    open_jobs(page, work)
    reason = page.locator("[data-ended] .field-error")
    expect(reason).to_contain_text("there is nothing to export", timeout=40_000)
    with standing_still(site, LIGHT):
        begin_export(work)
        page.reload()
        expect(page.locator("[data-ongoing] [data-row]")).to_contain_text("Queued")
        cancel = page.get_by_role("button", name="Cancel").element_handle()
        cancel.evaluate("button => button.focus()")
        kept = reason.element_handle()
        kept.evaluate("line => getSelection().selectAllChildren(line)")
        hint = page.locator("[data-ongoing] .hint").first
        before = hint.text_content()
        expect(hint).not_to_have_text(before)  # it has been drawn again
        assert kept.evaluate("line => line.isConnected && getSelection().toString() === line.textContent")
        assert cancel.evaluate("button => button === document.activeElement")
    expect(page.locator("[data-jobs-page] [role=alert]")).to_have_count(0)


def test_what_goes_on_is_shown_however_much_has_ended_since(page: Page, work: Work, site):
    with standing_still(site, TRAIN):
        run = begin_run(page, work)
        for _number in range(4):
            begin_export(work, search="nothing is called so")
        page.route(re.compile(r"/jobs/\?.*state=ended"), small_page)
        open_jobs(page, work)
        expect(page.locator(f"[data-ongoing] [data-row=run-{run['id']}]")).to_contain_text("Queued")
        ended = page.locator("[data-ended] [data-row]")
        more = page.get_by_role("button", name="Show older jobs")
        expect(more).to_be_visible(timeout=40_000)
        while more.is_visible():
            before = ended.count()
            more.dblclick()
            expect(ended).not_to_have_count(before)
            expect(page.locator("[data-more] button")).not_to_have_attribute("aria-busy", "true")
        rows = [each.get_attribute("data-row") for each in ended.all()]
        assert len(rows) == len(set(rows)) >= 5  # the version and the exports, each once
        work.call("POST", f"/api/runs/{run['id']}/cancel/")
        expect(ended.first).to_contain_text("Cancelled")


def small_page(route) -> None:
    route.continue_(url=route.request.url + "&page_size=2")


def test_filters_stand_in_the_address_and_can_be_cleared(page: Page, work: Work):
    begin_export(work)
    open_jobs(page, work, "?kind=run&state=failed")
    expect(page.get_by_role("heading", name="Nothing fits these filters")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("[data-row^=export-]")).to_have_count(1)


def test_images_that_could_not_be_shown_are_told_with_the_reason_and_tried_again(page: Page, work: Work, site):
    picture = drawn(IMAGES + 1)
    sha256 = hashlib.sha256(picture).hexdigest()
    original = site.data_dir / "media" / "originals" / sha256[:2] / sha256
    with standing_still(site, LIGHT):
        work.call("POST", f"/api/projects/{work.project}/images/", files=[("files", ("street.png", picture))])
        original.rename(original.with_suffix(".away"))
    open_jobs(page, work)
    row = page.locator("[data-row=unshown]")
    expect(row).to_contain_text("1 image could not be shown", timeout=30_000)
    expect(row).to_contain_text("street.png: The file of this image is gone from the storage.")
    original.with_suffix(".away").rename(original)
    row.get_by_role("button", name="Try again").click()
    expect(row).to_have_count(0)
    expect(page.locator("[data-row=thumbnails]")).to_have_count(0, timeout=30_000)
    expect(row).to_have_count(0)
