"""What became of an upload, looked for after its page is gone."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.uploading import Traffic, drop, open_upload_page, pause_half_way, pictures


def test_what_was_refused_is_found_again_from_the_list_of_jobs(page: Page, tmp_path: Path):
    address = open_upload_page(page, "Refused")
    folder = pictures(tmp_path / "signs", 2)
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"Hello {number}")
    drop(page, folder)
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator("[data-title]")).to_have_text("All files are sent")
    page.goto(address.replace("images/add/", "jobs/"))
    row = page.locator("[data-row^=upload-]")
    expect(row).to_contain_text("2 added, 30 refused")
    expect(row).to_contain_text("Some refused")
    row.get_by_role("link").click()
    rows = page.locator(".report-row")
    expect(rows.first).to_contain_text("This is a text file")
    page.set_viewport_size({"width": 390, "height": 844})
    reason = page.locator(".report-reason").first
    expect(reason).to_be_visible()
    assert reason.evaluate("each => each.scrollWidth <= each.clientWidth"), "nothing of a reason is cut off"
    page.wait_for_function(NONE_OVERLAP)
    page.locator("[data-rows]").evaluate("each => each.scrollTo(0, each.scrollHeight)")
    page.wait_for_function(NONE_OVERLAP)
    page.get_by_role("button", name=re.compile("^Added")).click()
    expect(rows).to_have_count(2)


NONE_OVERLAP = """() => {
  const boxes = [...document.querySelectorAll(".report-row")].map((each) => each.getBoundingClientRect());
  boxes.sort((one, other) => one.top - other.top);
  return boxes.length > 2 && boxes.every((box, place) => !place || Math.abs(box.top - boxes[place - 1].bottom) < 1);
}"""


def test_others_see_at_once_that_an_upload_is_paused(page: Page, tmp_path: Path):
    page.on("dialog", lambda dialog: dialog.accept())
    address = open_upload_page(page, "Held")
    traffic = Traffic(page)
    drop(page, pictures(tmp_path / "signs", 240))
    pause_half_way(page, traffic, 1)
    other = page.context.new_page()
    other.goto(address.replace("images/add/", "jobs/"))
    row = other.locator("[data-row^=upload-]")
    expect(row).to_contain_text("Paused")
    expect(row).not_to_contain_text("left")
    traffic.release()
    page.get_by_role("button", name="Go on").click()
    expect(row).to_contain_text("Completed", timeout=30_000)
