"""The whole loop by a person in a browser: upload, export, freeze, train, watch, read the figures, auto-label."""

import contextlib
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route, expect

pytestmark = pytest.mark.slow

HELD_BACK = 2
MINUTES = 60_000
PLAN = "**/api/runs/schedule/"


@pytest.fixture
def folders(digits_folder, tmp_path) -> tuple[Path, Path]:
    """Labelled images in one folder per class, and some of each class held back in another."""
    kept, held = tmp_path / "digits", tmp_path / "held back"
    held.mkdir()
    for folder in sorted(digits_folder.iterdir()):
        (kept / folder.name).mkdir(parents=True)
        for number, file in enumerate(sorted(folder.iterdir())):
            target = held / f"{folder.name} {file.name}" if number < HELD_BACK else kept / folder.name / file.name
            shutil.copy(file, target)
    return kept, held


def test_a_person_goes_the_whole_loop_in_the_browser(page: Page, folders):
    kept, held = folders
    make_project(page)
    upload_labelled(page, kept)
    look_at_the_gallery(page)
    export(page)
    freeze(page)
    train(page)
    watch_until_completed(page)
    read_the_metrics(page)
    upload_unlabelled(page, held)
    try_the_model(page, next(held.iterdir()))
    auto_label(page)
    accept_with_one_key(page)


def section(page: Page, name: str) -> None:
    page.locator(f'a.nav-link[title="{name}"]').click()
    page.wait_for_load_state()  # buttons work once their modules are there


def make_project(page: Page) -> None:
    page.get_by_role("button", name="New project").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Digits by hand")
    dialog.get_by_role("button", name="Make the project").click()
    expect(page.get_by_role("heading", name="Digits by hand")).to_be_visible()


def upload_labelled(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Add images").first.click()
    page.locator("[data-folder]").set_input_files(folder)
    page.get_by_text("Labels from folder names").click()
    expect(page.locator("[data-classes]")).to_contain_text("digit 7")
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator("[data-done]")).to_be_visible(timeout=2 * MINUTES)
    expect(page.locator("[data-report]")).to_contain_text("220")


def upload_unlabelled(page: Page, folder: Path) -> None:
    section(page, "Images")
    page.get_by_role("link", name="Add images").first.click()
    page.locator("[data-files]").set_input_files(sorted(folder.iterdir()))
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator("[data-report]")).to_contain_text("20", timeout=MINUTES)
    expect(page.locator("[data-done]")).to_be_visible(timeout=MINUTES)


def look_at_the_gallery(page: Page) -> None:
    section(page, "Images")
    expect(page.get_by_text("220 images")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"Labelled\s*220"))).to_be_visible()


def export(page: Page) -> None:
    section(page, "Import & export")
    page.get_by_role("button", name="Export…").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("220")
    dialog.get_by_role("button", name="Export", exact=True).click()
    link = page.get_by_role("link", name=re.compile("Download")).first
    expect(link).to_be_visible(timeout=MINUTES)
    with page.expect_download() as download:
        link.click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 221
    assert "digit 3" in "".join(rows)


def freeze(page: Page) -> None:
    section(page, "Versions")
    page.get_by_role("button", name="Freeze version…").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("220")
    dialog.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_role("link", name="Train")).to_be_visible(timeout=MINUTES)


def train(page: Page) -> None:
    page.get_by_role("link", name="Train").click()
    expect(page.get_by_role("heading", name="New run")).to_be_visible()
    refuse_weights_that_are_not_there(page)
    open_group(page, "Data").get_by_role("textbox", name="Image size", exact=True).fill("32")
    optimiser = open_group(page, "Optimiser")
    optimiser.get_by_role("textbox", name="Epochs", exact=True).fill("8")
    optimiser.get_by_role("textbox", name="Batch size", exact=True).fill("16")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_url(re.compile(r"/runs/\d+/$"))


def refuse_weights_that_are_not_there(page: Page) -> None:
    page.locator("[name=weights-kind][value=file]").check()
    late: list[Route] = []
    page.route(PLAN, lambda route: late.append(route))
    with page.expect_request(PLAN):
        page.locator("[name=weights-file]").fill("nothere.h5")
    page.get_by_role("button", name="Train", exact=True).click()
    problem = page.locator("[data-weights-error]")
    expect(problem).to_contain_text("no weights file nothere.h5")
    # What the form had asked for by itself is answered only now, and does not take the sentence away.
    for route in late:
        with contextlib.suppress(Error):  # the page waits for it no more
            route.fulfill(json={})
    page.unroute(PLAN)
    page.evaluate("fetch('/healthz').then(() => null)")
    expect(problem).to_contain_text("no weights file nothere.h5")
    page.locator("[name=weights-kind][value=none]").check()
    expect(problem).to_be_empty()


def open_group(page: Page, name: str):
    group = page.locator(f'details[data-group="{name}"]')
    group.locator("summary").first.click()
    return group


def watch_until_completed(page: Page) -> None:
    expect(page.get_by_text("Loss", exact=True).first).to_be_visible()
    # Nothing is reloaded: the page hears of it by the event stream.
    expect(page.locator(".pill-running").first).to_be_visible(timeout=MINUTES)
    expect(page.locator(".pill-completed").first).to_be_visible(timeout=4 * MINUTES)
    expect(page.get_by_text("accuracy on the test images")).to_be_visible()


def read_the_metrics(page: Page) -> None:
    page.get_by_role("link", name="Metrics").first.click()
    page.wait_for_url(re.compile(r"/metrics/$"))
    matrix = page.get_by_role("table").first
    expect(matrix).to_contain_text("digit 7")


def try_the_model(page: Page, file: Path) -> None:
    section(page, "Models")
    page.get_by_role("link", name=re.compile("compact_cnn")).first.click()
    page.wait_for_url(re.compile(r"/models/\d+/$"))
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text(re.compile(r"digit \d")).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+(\.\d+)? ?%")).first).to_be_visible(timeout=MINUTES)


def auto_label(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Auto-label")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("Start|Auto-label")).last.click()
    review = page.get_by_role("link", name=re.compile("Review"))
    expect(review.first).to_be_visible(timeout=2 * MINUTES)
    review.first.click()


def accept_with_one_key(page: Page) -> None:
    page.wait_for_url(re.compile("/label/"))
    expect(page.locator("[data-suggestions]").first).to_contain_text("digit")
    with page.expect_response(
        lambda answer: "/annotations/" in answer.url and answer.request.method == "PATCH"
    ) as saved:
        page.keyboard.press("Enter")
    body = saved.value.json()
    assert body["status"] == "labelled"
    assert [each["source"] for each in body["annotations"]] == ["auto"]
