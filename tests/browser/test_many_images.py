"""What concerns many images is done by a worker, while the page waits or is left."""

import io
import re

import pytest
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from labelapp.images.models.many_images import AT_ONCE
from tests.browser.test_label import IMAGES, Work
from tests.browser.workers import LIGHT, standing_still

MANY = AT_ONCE + 20
PER_REQUEST = 100

pytestmark = pytest.mark.slow


def dot(number: int) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (8, 8), (number % 256, number // 256, 7)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def work(site) -> Work:
    work = Work(site)
    for start in range(0, MANY - IMAGES, PER_REQUEST):
        numbers = range(start, min(start + PER_REQUEST, MANY - IMAGES))
        files = [("files", (f"dot {number}.png", dot(number))) for number in numbers]
        work.call("POST", f"/api/projects/{work.project}/images/", files=files)
    return work


def choose_all(page: Page) -> None:
    page.locator(".tile:visible").first.click()
    page.get_by_role("button", name=f"Choose all {MANY} that match").click()


def give_cat(page: Page) -> None:
    page.get_by_role("toolbar", name="Chosen images").get_by_role("button", name="Give a class").click()
    page.locator("#class-menu").get_by_role("button", name="cat").click()


def test_a_labelling_is_undone_where_long_work_is_listed(page: Page, work: Work):
    page.goto(f"/projects/{work.project}/images/")
    choose_all(page)
    give_cat(page)
    expect(page.locator(".toast", has_text=f"{MANY} images have the class now.")).to_be_visible(timeout=60_000)
    page.goto(f"/projects/{work.project}/jobs/")
    undo = page.get_by_role("button", name=f"Undo: Labelling {MANY} images as cat")
    undo.click()
    expect(page.locator(".job", has_text="Undoing the labelling")).to_contain_text("Completed", timeout=60_000)
    expect(undo).to_be_hidden()
    page.goto(f"/projects/{work.project}/images/")
    expect(page.locator("[data-statuses]").get_by_role("button", name=re.compile("New"))).to_contain_text(str(MANY))


def test_many_images_are_labelled_undone_and_deleted_by_a_worker(page: Page, work: Work, site):
    page.goto(f"/projects/{work.project}/images/")
    bar = page.get_by_role("toolbar", name="Chosen images")
    choose_all(page)
    with standing_still(site, LIGHT):
        give_cat(page)
        expect(page.locator(".toast", has_text="goes on in the background")).to_be_visible()
        jobs = page.context.new_page()
        jobs.goto(f"/projects/{work.project}/jobs/")
        expect(jobs.locator("[data-row^=labelling-]")).to_contain_text(f"Labelling {MANY} images as cat")
        expect(jobs.get_by_role("button", name=re.compile("^Cancel"))).to_be_visible()
        jobs.close()
    done = page.locator(".toast", has_text=f"{MANY} images have the class now.")
    expect(done).to_be_visible(timeout=60_000)
    counts = page.locator("[data-statuses]")
    expect(counts.get_by_role("button", name=re.compile("Labelled"))).to_contain_text(str(MANY))
    done.get_by_role("button", name="Undo").click()
    expect(counts.get_by_role("button", name=re.compile("New"))).to_contain_text(str(MANY), timeout=60_000)
    page.reload()
    choose_all(page)
    bar.get_by_role("button", name="Trash", exact=True).click()
    page.locator("[data-trash]").click()
    page.get_by_role("button", name="Empty the trash").click()
    page.get_by_role("dialog").get_by_role("button", name="Empty the trash").click()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible(timeout=60_000)
    page.goto(f"/projects/{work.project}/log/")
    expect(page.get_by_text(f"deleted {MANY} images for good")).to_be_visible()
