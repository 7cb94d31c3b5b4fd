"""How the picture and its shapes are shown: adjusted, magnified, with names, and through the small map."""

import io
import uuid

from PIL import Image as Picture
from playwright.sync_api import expect

from tests.browser.scripted import Scripted


def picture(size: tuple[int, int] = (800, 600)) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", size, (200, 90, 140)).save(file, "PNG")
    return file.getvalue()


def test_the_picture_is_adjusted_shapes_keep_their_colours_and_the_map_moves_the_view(page, site):
    owner = Scripted(site)
    project = owner.call("POST", "/api/projects/", json={"name": "See", "kind": "detection"})["id"]
    car = owner.call("POST", f"/api/projects/{project}/classes/", json={"name": "car", "color": "#00cc00"})["id"]
    added = owner.call("POST", f"/api/projects/{project}/images/", files=[("files", ("a.png", picture()))])
    box = {"id": str(uuid.uuid4()), "class": car, "shape": "box", "geometry": {"box": [100, 100, 80, 40]}}
    change = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [box | {"attributes": {}, "source": "manual"}]}
    owner.call("PATCH", f"/api/images/{added['results'][0]['id']}/annotations/", json=change | {"delete": []})
    page.goto(f"/projects/{project}/label/")
    page.locator("[data-object]").wait_for()

    page.keyboard.press("Shift+I")
    page.keyboard.press("Control+ArrowUp")
    page.keyboard.press("i")
    expect(page.locator("[data-choice=invert]")).to_be_checked()
    expect(page.locator("[data-shown=brightness]")).to_have_text("10")
    page.locator("[data-choice=brightness]").press("ArrowRight")  # works the slider, and goes to no other image
    expect(page.locator("[data-shown=brightness]")).to_have_text("15")
    page.keyboard.press("Escape")
    page.reload()
    pane = page.locator(".label-picture")
    expect(pane).to_have_css("filter", 'url("#picture-filter")')
    page.keyboard.press("Shift+Home")
    expect(pane).to_have_css("filter", "none")

    page.locator("[data-object]").dblclick()  # so that it fills most of the stage
    name = page.locator(".canvas-name")
    expect(name).to_have_text("car")
    page.locator("[popovertarget=label-appearance]").click()
    page.locator("[data-choice=sizes]").check()
    page.locator("[data-choice=colors]").select_option("source")
    expect(name).to_have_text("car 80 × 40")
    expect(name).to_have_css("background-color", "rgb(59, 130, 246)")
    page.keyboard.press("Escape")
    frame = page.locator(".label-frame")
    assert page.locator(".label-frame.pixels").count() == 1

    shown = page.locator(".minimap").bounding_box()
    before = frame.bounding_box()
    assert shown
    assert before
    page.mouse.click(shown["x"] + shown["width"] - 5, shown["y"] + shown["height"] - 5)
    page.wait_for_function("x => document.querySelector('.label-frame').getBoundingClientRect().x < x", arg=before["x"])
    page.keyboard.press("f")
    page.keyboard.press("Shift+Z")
    expect(frame).to_have_css("width", "800px")
    page.wait_for_function("() => document.querySelector('.label-frame').style.transform.endsWith('scale(1)')")
    page.keyboard.press("Shift+F")
    expect(page.locator(".minimap")).to_be_hidden()


def test_a_large_picture_is_seen_through_tiles_once_they_are_made(page, site):
    owner = Scripted(site)
    project = owner.call("POST", "/api/projects/", json={"name": "Deep", "kind": "detection"})["id"]
    owner.call("POST", f"/api/projects/{project}/images/", files=[("files", ("a.png", picture((3300, 2500))))])
    page.goto(f"/projects/{project}/label/")
    page.locator(".label-frame.tiled").wait_for(state="attached")
    with page.expect_response("**/tiles/0/*/*/") as fine:
        page.keyboard.press("Shift+Z")
    assert fine.value.ok
    canvas = "document.querySelector('.tile-layer')"
    page.wait_for_function(f"{canvas}.getContext('2d').getImageData(200, 200, 1, 1).data[0] > 190")
    expect(page.locator(".tile-notice")).to_be_hidden()
