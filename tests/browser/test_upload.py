"""Ten folders' worth of files dropped at once: paused, broken off, gone on with; nothing is sent twice."""

import base64
import os
import re
import shutil
import signal
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from tests.browser.uploading import (
    FILES,
    MINUTE,
    Traffic,
    all_are_sent_once,
    count_of,
    drop,
    open_upload_page,
    pause_half_way,
    pictures,
    total,
    wait_for,
)
from tests.site import RunningSite


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return pictures(tmp_path_factory.mktemp("many") / "signs", FILES)


def test_a_dropped_folder_is_paused_and_goes_on_after_a_reload_when_it_is_dropped_again(page: Page, folder):
    page.add_init_script("delete DataTransferItem.prototype.getAsFileSystemHandle")  # as in most browsers
    address = open_upload_page(page, "Reloaded")
    page.on("dialog", lambda dialog: dialog.accept())
    traffic = Traffic(page)
    drop(page, folder)
    expect(page.locator("[data-summary]")).to_contain_text(f"{FILES} files")
    arrived = pause_half_way(page, traffic, 4)
    assert 0 < arrived < FILES
    assert page.locator("[data-rows] [role=listitem]").count() < 60, "only rows in sight are drawn"

    page.reload()
    traffic.hold_after(None)
    card = page.locator("[data-resumable]")
    expect(card).to_contain_text(f"{arrived} of {FILES} files have arrived")
    expect(card).to_contain_text(f"the {FILES - arrived} that are missing are sent")
    expect(card.get_by_role("button", name="Go on")).to_have_count(0)
    drop(page, folder)
    all_are_sent_once(page, traffic, arrived, FILES)
    assert total(page, address) == FILES
    page.reload()
    expect(page.locator("[data-drop]")).to_be_visible()
    expect(card).to_be_hidden()


# A folder of the browser's own disk: its handles outlive a reload as those of a folder that somebody picked, but
# nobody has to answer whether the page may read it.
PICKED = """async files => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("signs", {create: true});
    for (const [name, text] of Object.entries(files)) {
        const writer = await (await folder.getFileHandle(name, {create: true})).createWritable();
        await writer.write(Uint8Array.from(atob(text), each => each.charCodeAt(0)));
        await writer.close();
    }
}"""
PICKER = """window.showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle("signs")"""


def test_a_picked_folder_goes_on_after_a_reload_by_one_click(page: Page, folder):
    page.add_init_script(PICKER)
    address = open_upload_page(page, "Picked")
    page.on("dialog", lambda dialog: dialog.accept())
    files = sorted(folder.rglob("*.png"))[:100]
    page.evaluate(PICKED, {each.name: base64.b64encode(each.read_bytes()).decode() for each in files})
    traffic = Traffic(page)
    page.get_by_text("Choose a folder").click()
    expect(page.locator("[data-summary]")).to_contain_text("100 files")
    arrived = pause_half_way(page, traffic, 1)

    page.reload()
    traffic.hold_after(None)
    page.locator("[data-resumable]").get_by_role("button", name="Go on").click()
    all_are_sent_once(page, traffic, arrived, 100)
    assert total(page, address) == 100


def test_a_large_zip_goes_on_where_it_was_cut(page: Page, tmp_path):
    path = tmp_path / "large.zip"
    noise = np.random.default_rng(7)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(10):
            file = tmp_path / f"{number}.bmp"
            Picture.fromarray(noise.integers(0, 255, (800, 1200, 3), dtype=np.uint8)).save(file)
            archive.write(file, f"set/{number}.bmp")
    address = open_upload_page(page, "In pieces")
    page.on("dialog", lambda dialog: dialog.accept())
    offsets: list[int] = []

    def cut(route) -> None:
        request = route.request
        if request.method == "PATCH" and len(offsets) == 2:
            offsets.append(-1)
            route.abort()
        elif request.method == "PATCH" and offsets[-1:] == [-1]:
            pass  # and no answer ever: the page is reloaded meanwhile
        else:
            if request.method == "PATCH":
                offsets.append(int(request.headers["upload-offset"]))
            route.continue_()

    page.route("**/api/files/**", cut)
    page.locator("[data-files]").set_input_files(path)
    page.get_by_role("button", name="Add to the project").click()
    wait_for(page, lambda: -1 in offsets)
    page.unroute("**/api/files/**")
    page.reload()
    expect(page.locator("[data-resumable]")).to_contain_text("large.zip")
    begun = []
    page.on("request", lambda each: begun.append(each) if each.method == "PATCH" else None)
    page.locator("[data-files]").set_input_files(path)
    expect(page.locator("[data-title]")).to_have_text("All files are sent", timeout=MINUTE)
    again = [int(each.headers["upload-offset"]) for each in begun]
    assert offsets[:2] == [0, 8 << 20]
    assert again[0] == 16 << 20, "the first two pieces had arrived"
    assert total(page, address) == 10


def test_what_does_not_fit_is_refused_before_it_is_sent(page: Page, folder):
    address = open_upload_page(page, "Small")
    traffic = Traffic(page)
    project = address.split("/")[2]
    page.goto(f"/projects/{project}/settings/", wait_until="networkidle")
    page.get_by_label("Quota in GB").fill("0.0001")
    page.get_by_role("button", name="Set the quota").click()
    expect(page.locator("[data-storage-total]")).to_contain_text("of 105 KB used")
    page.goto(address, wait_until="networkidle")
    drop(page, folder)
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator("[data-refusal]")).to_contain_text("ask an administrator of the site for a larger quota")
    assert not traffic.requests


@pytest.fixture
def own_site(tmp_path):
    running = RunningSite(tmp_path / "data").start()
    yield running
    running.stop()


def test_a_web_process_that_is_killed_meanwhile_costs_nothing(browser, own_site, folder, tmp_path):
    copy = tmp_path / "signs"
    shutil.copytree(folder, copy)
    context = browser.new_context(base_url=own_site.address)
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(own_site.username)
    page.get_by_label("Password").fill(own_site.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="first project")).to_be_visible()
    address = open_upload_page(page, "Killed")
    drop(page, copy)
    page.get_by_role("button", name="Add to the project").click()
    expect(page.locator('[data-count="added"]')).to_have_text(re.compile("[1-9]"))
    (web,) = own_site.pids(r"labelapp\.serve\.web")
    os.kill(web, signal.SIGKILL)
    expect(page.locator("[data-trouble]")).to_be_visible()
    expect(page.locator("[data-title]")).to_have_text("All files are sent", timeout=2 * MINUTE)
    assert (count_of(page, "added"), count_of(page, "failed")) == (FILES, 0)
    assert total(page, address) == FILES
    uploads = page.request.get(f"/api/projects/{address.split('/')[2]}/uploads/").json()["results"]
    assert uploads == []
    context.close()
