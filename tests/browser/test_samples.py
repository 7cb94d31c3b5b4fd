"""Seeing a model learn and err: the images of a run, drawn anew with every epoch, and where the model sees a class."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.loop.api_loop import Loop

SMALL = {"image_size": 32, "batch_size": 8, "early_stopping": 0, "warmup_epochs": 0, "workers": 1}
DETECTION = {**SMALL, "task": "detection", "preset": "compact_detector", "image_size": 64, "epochs": 8}
CLASSES = {**SMALL, "task": "classification", "preset": "compact_cnn", "epochs": 2}
PATIENCE = 180_000


@pytest.fixture(scope="module")
def loop(site) -> Loop:
    return Loop(site.address, site.username, site.password)


@pytest.fixture(scope="module")
def version(loop, digits_folder) -> dict:
    """Twenty digits, each with a tag and in a box."""
    project = loop.call("POST", "/api/projects/", json={"name": "Seen", "kind": "any"})["id"]
    files = [path for label in (0, 1) for path in sorted((digits_folder / f"digit {label}").glob("*.png"))[:10]]
    for added in loop.upload(project, digits_folder, files, class_from="folder"):
        path = f"/api/images/{added['id']}/annotations/"
        now = loop.call("GET", path)
        shape = {"shape": "box", "geometry": {"box": [4, 2, 24, 28]}, "class": now["annotations"][0]["class"]}
        change = {"base_revision": now["revision"], "key": str(uuid.uuid4()), "delete": [], "status": "labelled"}
        loop.call("PATCH", path, json=change | {"upsert": [{"id": str(uuid.uuid4()), **shape}]})
    split = {"train": 0.6, "validation": 0.2, "test": 0.2}
    frozen = loop.call("POST", f"/api/projects/{project}/versions/", json={"split": split, "seed": 1})
    return {**loop.wait(f"/api/versions/{frozen['id']}/"), "project": project}


def start(loop, version, spec) -> dict:
    body = {"version": version["id"], "spec": spec}
    return loop.call("POST", f"/api/projects/{version['project']}/runs/", json=body)


def painted(page: Page) -> list[str]:
    """What lies over each image, as an address of its pixels."""
    return page.evaluate("() => [...document.querySelectorAll('.sample canvas')].map((each) => each.toDataURL())")


def test_boxes_are_drawn_anew_with_every_epoch_and_a_slider_leads_back(page: Page, loop, version):
    run = start(loop, version, DETECTION)
    page.goto(f"/runs/{run['id']}/")
    panel = page.get_by_role("region", name="What it sees by now")
    expect(panel.get_by_text(re.compile(r"Epoch \d"))).to_be_visible(timeout=PATIENCE)
    expect(panel.locator(".sample canvas")).to_have_count(4)
    first = panel.locator("[data-epoch-name]").text_content()
    expect(panel.locator("[data-epoch-name]")).not_to_have_text(first, timeout=PATIENCE)
    expect(panel.locator("[data-epoch-name]")).to_have_text("Epoch 8", timeout=PATIENCE)
    expect(panel.get_by_text("since epoch 7")).to_be_visible()
    last = painted(page)

    slider = panel.get_by_role("slider", name="Epoch to look at")
    slider.focus()
    page.keyboard.press("Home")
    expect(panel.locator("[data-epoch-name]")).to_have_text("Epoch 1")
    assert painted(page) != last
    panel.get_by_role("button", name="Last epoch").click()
    expect(slider).to_have_attribute("aria-valuetext", "Epoch 8")

    assert loop.wait(f"/api/runs/{run['id']}/")["status"] == "completed"
    page.reload()
    expect(panel.locator("[data-epoch-name]")).to_have_text("Epoch 8")
    page.wait_for_function("(wanted) => document.querySelectorAll('.sample canvas').length === wanted", arg=4)


def test_a_heat_map_says_where_the_model_sees_a_class(page: Page, loop, version, digits_folder):
    run = start(loop, version, CLASSES)
    done = loop.wait(f"/api/runs/{run['id']}/")
    assert done["status"] == "completed", done["error"]
    page.goto(f"/runs/{run['id']}/metrics/")
    page.get_by_role("button", name=re.compile("^Why")).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("The model gives this class")).to_be_visible(timeout=PATIENCE)
    expect(dialog.locator("canvas")).to_be_visible()
    assert dialog.locator("canvas").evaluate("(map) => map.width") > 1
    said = dialog.get_by_role("status").text_content()
    other = dialog.get_by_role("combobox", name="Class")
    other.select_option(index=1 - int(other.evaluate("(each) => each.selectedIndex")))
    expect(dialog.get_by_role("status")).not_to_have_text(said)
    expect(dialog.get_by_text("The model gives this class")).to_be_visible()
    dialog.get_by_role("slider", name="Opacity").fill("0.2")
    assert dialog.locator("canvas").evaluate("(map) => getComputedStyle(map).opacity") == "0.2"
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()

    page.goto(f"/models/{done['model']}/")
    page.get_by_label("Choose images…").set_input_files(digits_folder / "digit 0" / "001.png")
    page.get_by_role("button", name="Why?").click()
    expect(page.get_by_role("dialog").get_by_text("The model gives this class")).to_be_visible(timeout=PATIENCE)
