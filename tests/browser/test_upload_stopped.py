"""An upload that a person pauses, stops or gives up, and what can be done afterwards."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.uploading import (
    Traffic,
    drop,
    open_upload_page,
    pause_half_way,
    pictures,
    total,
    wait_for,
)

FILES = 240  # six batches, four of them at once


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return pictures(tmp_path_factory.mktemp("some") / "signs", FILES)


@pytest.fixture
def address(page: Page) -> str:
    """Of an upload page of a new project, where leaving is always confirmed."""
    page.on("dialog", lambda dialog: dialog.accept())
    return open_upload_page(page, "Stopped")


@pytest.fixture
def traffic(page: Page, address) -> Traffic:
    return Traffic(page)


def choose(page: Page, *files: Path) -> None:
    page.locator("[data-files]").set_input_files(files)


def confirm(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name).click()


def test_a_pause_holds_what_has_not_begun_until_one_goes_on(page: Page, address, traffic, folder):
    drop(page, folder)
    pause_half_way(page, traffic, 1)
    begun = traffic.requests + len(traffic.held)
    traffic.release()
    wait_for(page, lambda: page.locator('[data-count="added"]').inner_text() == str(sum(traffic.sent.values())))
    assert traffic.requests == begun
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("[data-title]")).to_have_text("All files are sent")
    assert set(traffic.sent.values()) == {1}
    assert total(page, address) == FILES


def test_after_everything_is_stopped_other_files_can_be_sent_and_then_those_again(
    page: Page, address, traffic, folder, tmp_path
):
    drop(page, folder)
    pause_half_way(page, traffic, 1)
    page.get_by_role("button", name="Cancel").click()
    confirm(page, "Stop sending")
    expect(page.locator("[data-title]")).to_have_text("Ended, not all files were sent")
    traffic.hold_after(None)

    other = pictures(tmp_path, 1, edge=30) / "kind 0" / "0000.png"
    choose(page, other)
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator("[data-said]")).to_have_text("Ended, not all files were sent")
    expect(page.locator('[data-count="open"]')).to_have_text("0")
    wait_for(page, lambda: "0000.png" in traffic.sent)
    expect(page.locator("[data-trouble]")).to_be_hidden()

    page.get_by_role("button", name="Send the failed ones again").click()
    expect(page.locator("[data-title]")).to_have_text("All files are sent")
    expect(page.locator("[data-retry]")).to_be_hidden()
    assert total(page, address) == FILES + 1
    page.reload()
    expect(page.locator("[data-drop]")).to_be_visible()
    expect(page.locator("[data-resumable]")).to_be_hidden()


def test_some_files_go_on_with_an_upload_only_when_one_says_so_and_what_is_left_can_be_given_up(
    page: Page, address, traffic, folder
):
    files = sorted(folder.rglob("*.png"))
    choose(page, *files)
    arrived = pause_half_way(page, traffic, 1)
    page.reload()
    traffic.hold_after(None)
    card = page.locator("[data-resumable]")
    expect(card).to_contain_text(f"{arrived} of {FILES} files have arrived")

    sent = [each for each in files if each.name in traffic.sent]
    some = [*sent, *[each for each in files if each not in sent][:5]]
    choose(page, *some)
    confirm(page, "Make a new upload")
    expect(page.locator("[data-summary]")).to_contain_text(f"{len(some)} files")
    page.get_by_role("button", name="Choose others").click()
    choose(page, *some)
    confirm(page, "Go on with it")
    expect(page.locator("[data-title]")).to_have_text("All files are sent")
    expect(card).to_contain_text(f"{len(some)} of {FILES} files have arrived")

    card.get_by_role("button", name="Give up").click()
    confirm(page, "Give up")
    expect(card).to_be_hidden()
    page.reload()
    expect(page.locator("[data-drop]")).to_be_visible()
    expect(card).to_be_hidden()
    assert total(page, address) == len(some)


def test_files_of_one_name_are_both_kept_and_sent_again_when_the_server_could_not_take_them(
    page: Page, address, tmp_path
):
    sizes = {"a": 24, "b": 30}
    first, second = (pictures(tmp_path / name, 1, edge) / "kind 0" / "0000.png" for name, edge in sizes.items())
    for each in (first, second, first):
        choose(page, each)
    expect(page.locator(".toast")).to_contain_text("1 file was chosen already")
    expect(page.locator("[data-summary]")).to_contain_text("2 files")

    sending = re.compile(r"/api/projects/\d+/images/$")
    page.route(sending, lambda route: route.fulfill(status=400, json={}))
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator('[data-count="failed"]')).to_have_text("2")
    page.unroute(sending)
    page.get_by_role("button", name="Send the failed ones again").click()
    expect(page.locator("[data-title]")).to_have_text("All files are sent")
    expect(page.locator('[data-count="added"]')).to_have_text("2")
    assert total(page, address) == 2


def test_files_chosen_while_others_are_being_announced_wait_for_the_next_time(page: Page, address, folder):
    files, held = sorted(folder.rglob("*.png")), []
    announcing = re.compile(r"/api/projects/\d+/uploads/$")
    page.route(announcing, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    choose(page, files[0])
    add = page.get_by_role("button", name="Add to the project")
    add.click()
    expect(add).to_be_disabled()
    add.dispatch_event("click")
    choose(page, *files[1:4])
    expect(page.locator("[data-summary]")).to_contain_text("3 files")
    assert len(held) == 1, "a second press opens no second upload"
    held[0].continue_()
    page.unroute(announcing)
    expect(page.locator('[data-count="added"]')).to_have_text("1")
    add.click()
    expect(page.locator('[data-count="added"]')).to_have_text("4")
    expect(page.locator("[data-staged]")).to_be_hidden()


def test_what_is_sent_from_another_computer_is_not_called_broken_off(page: Page, address):
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    body = {"name": "from the camera", "files": 9, "size_bytes": 900}
    url = f"/api/projects/{address.split('/')[2]}/uploads/"
    assert page.request.post(url, data=body, headers={"X-CSRFToken": token}).ok
    page.reload()
    card = page.locator("[data-resumable]")
    expect(card).to_contain_text("from the camera")
    expect(card).to_contain_text("sending from another page or computer")
    expect(card.get_by_role("button")).to_have_count(0)
