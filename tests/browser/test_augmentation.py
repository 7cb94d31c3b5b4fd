"""What training will see, shown in the form: boxes move along, and join in mosaics."""

import io
import uuid

import numpy as np
from PIL import Image as Picture
from playwright.sync_api import expect

from tests.browser.scripted import Scripted


def picture(number: int) -> bytes:
    file, noise = io.BytesIO(), np.random.default_rng(number).integers(60, 120, (240, 320, 3), np.uint8)
    noise[60:160, 80:200] = (230, 180, 40)
    Picture.fromarray(noise).save(file, "PNG")
    return file.getvalue()


def frozen(owner: Scripted, images: int = 8) -> tuple[int, int]:
    """A project and its version: every image with a box around what is on it."""
    project = owner.call("POST", "/api/projects/", json={"name": "Seen", "kind": "detection"})["id"]
    thing = owner.call("POST", f"/api/projects/{project}/classes/", json={"name": "thing", "color": "#00aa55"})["id"]
    files = [("files", (f"{number}.png", picture(number))) for number in range(images)]
    for added in owner.call("POST", f"/api/projects/{project}/images/", files=files)["results"]:
        box = {"id": str(uuid.uuid4()), "class": thing, "shape": "box", "geometry": {"box": [80, 60, 120, 100]}}
        change = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [box], "status": "labelled"}
        owner.call("PATCH", f"/api/images/{added['id']}/annotations/", json=change)
    version = owner.call("POST", f"/api/projects/{project}/versions/", json={})["id"]
    return project, version


def test_the_form_shows_boxes_moved_along_and_the_task_decides_what_joins(page, site):
    owner = Scripted(site)
    project, version = frozen(owner)
    page.goto(f"/projects/{project}/versions/")
    expect(page.get_by_text("v1").first).to_be_visible()
    page.wait_for_function(
        "path => fetch(path).then((answer) => answer.json()).then((row) => row.status === 'completed')",
        arg=f"/api/versions/{version}/",
    )
    page.goto(f"/projects/{project}/runs/new/?version={version}")
    preview = page.locator("[data-preview]")
    expect(preview.locator(".preview-row")).to_have_count(4)
    expect(preview.locator(".preview-row").first.locator("img")).to_have_count(3)
    expect(preview.locator(".drawn-shapes").first).to_be_visible()
    shown = preview.locator("img").nth(1).get_attribute("src")
    page.get_by_role("button", name="Shuffle").click()
    expect(preview.locator("img").nth(1)).not_to_have_attribute("src", shown)

    page.locator("[data-group=Augmentation] > summary").click()
    expect(page.locator("[data-path='augmentation.mixup']")).to_be_hidden()
    with page.expect_response("**/augmentations/preview/") as asked:
        page.locator("[data-path='augmentation.mosaic'] input").fill("1")
    epochs = [epoch for each in asked.value.json()["results"] for epoch in each["epochs"]]
    assert max(len(epoch["labels"]) for epoch in epochs) >= 3
    preview.locator(".preview-row").first.click()
    dialog = page.locator(".preview-dialog")
    expect(dialog.locator("figure")).to_have_count(4)
    expect(dialog.locator("img").last).to_have_attribute("alt", "thing")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    page.locator("[data-path='augmentation.mosaic'] input").fill("7")
    expect(preview).to_contain_text("Some amounts cannot be")
    page.locator("[data-path='augmentation.mosaic'] input").fill("0.5")
    page.locator("[name=task]").select_option("segmentation")
    expect(preview.locator(".preview-row")).to_have_count(4)
