"""Boxes, polygons and lines drawn and changed with real pointer events; what is seen is what is saved."""

import io
import re

import pytest
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from tests.browser.drawing import WIDTH, Stage, Work, about, is_saved


@pytest.fixture
def work(site):
    return Work(site)


@pytest.fixture
def stage(page, work):
    page.goto(f"/projects/{work.project}/label/")
    return Stage(page)


def test_a_box_is_drawn_by_dragging_moved_by_its_middle_and_resized_by_a_corner(page, work, stage):
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    [shape] = work.shapes()
    assert (shape["class"], shape["shape"], shape["source"]) == (work.car, "box", "manual")
    assert about(shape["geometry"]["box"], [100, 100, 200, 100])

    page.keyboard.press("v")
    stage.drag((200, 150), (260, 190))
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    stage.drag((360, 240), (400, 300))
    page.wait_for_timeout(300)
    is_saved(page, 1)
    [shape] = work.shapes()
    assert about(shape["geometry"]["box"], [160, 140, 240, 160])


def test_a_box_is_drawn_by_two_clicks_and_cut_off_at_the_edge_of_the_image(page, work, stage):
    page.set_viewport_size({"width": 1600, "height": 900})  # there is room beside the image
    page.wait_for_timeout(300)
    stage = Stage(page)
    stage.click(700, 200)
    stage.click(WIDTH + 8, 300)
    is_saved(page, 1)
    assert about(work.shapes()[0]["geometry"]["box"], [700, 200, 100, 100])


def test_a_polygon_is_closed_by_enter_or_on_its_first_point_and_its_vertices_move(page, work, stage):
    page.keyboard.press("p")
    for point in ((100, 100), (200, 100), (200, 200)):
        stage.click(*point)
    page.keyboard.press("Enter")
    is_saved(page, 1)
    for point in ((400, 100), (500, 100), (500, 200), (400, 200), (401, 101)):
        stage.click(*point)
    is_saved(page, 2)
    page.keyboard.press("v")
    stage.drag((500, 200), (560, 260))
    page.wait_for_timeout(300)
    is_saved(page, 2)
    first, second = work.shapes()
    assert len(first["geometry"]["rings"][0]) == 3
    assert about(second["geometry"]["rings"][0][2], [560, 260])


def test_a_step_back_removes_the_last_point_and_escape_the_whole_of_it(page, work, stage):
    page.keyboard.press("l")
    for point in ((100, 100), (200, 100), (300, 300)):
        stage.click(*point)
    page.mouse.click(10 + stage.left, 10 + stage.top, button="right")
    page.keyboard.press("Enter")
    is_saved(page, 1)
    assert len(work.shapes()[0]["geometry"]["points"]) == 2
    stage.click(400, 400)
    page.keyboard.press("Escape")
    expect(page.locator(".canvas-draft")).to_have_count(0)
    is_saved(page, 1)


def test_what_is_selected_gets_another_class_by_its_key_goes_by_delete_and_comes_back_by_undo(page, work, stage):
    stage.drag((100, 100), (300, 200))
    page.keyboard.press("2")
    is_saved(page, 1)
    expect(page.locator("[data-object]")).to_contain_text("sign")
    page.wait_for_timeout(300)
    assert [each["class"] for each in work.shapes()] == [work.sign]
    page.keyboard.press("Delete")
    is_saved(page, 0)
    page.keyboard.press("Control+z")
    is_saved(page, 1)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-object]")).to_contain_text("car")
    page.reload()
    expect(page.locator("[data-object]")).to_contain_text("car")


def test_shapes_are_selected_on_the_stage_and_in_the_list_together(page, work, stage):
    stage.drag((100, 100), (300, 200))
    stage.drag((400, 300), (600, 500))
    is_saved(page, 2)
    page.keyboard.press("v")
    stage.click(200, 150)
    expect(page.locator("[data-object][aria-selected=true]")).to_have_count(1)
    page.locator("[data-object]").first.click()  # the newest is on top
    expect(page.locator(".canvas-selected")).to_have_count(1)
    page.locator("[data-object]").last.click(modifiers=["Shift"])
    expect(page.locator(".canvas-selected")).to_have_count(2)
    stage.drag((500, 400), (510, 420))
    page.wait_for_timeout(300)
    is_saved(page, 2)
    first, second = work.shapes()
    assert about(first["geometry"]["box"], [110, 120, 200, 100])
    assert about(second["geometry"]["box"], [410, 320, 200, 200])


def test_the_shapes_are_seen_where_they_were_drawn_also_after_zooming_and_on_the_next_image(page, work, stage):
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    page.keyboard.press("Escape")
    stage.to(700, 500)
    page.wait_for_timeout(400)
    color = seen(page, stage, 100, 150)
    assert color != seen(page, stage, 500, 400)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-objects-count]")).to_have_text("0")
    page.wait_for_timeout(400)
    assert seen(page, stage, 100, 150) == seen(page, stage, 500, 400)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-objects-count]")).to_have_text("1")
    page.wait_for_timeout(400)
    assert seen(page, stage, 100, 150) == color


def seen(page: Page, stage: Stage, x: float, y: float) -> tuple:
    shot = Picture.open(io.BytesIO(page.screenshot())).convert("RGB")
    return shot.getpixel((round(stage.left + x * stage.scale), round(stage.top + y * stage.scale)))


def test_what_is_selected_is_dragged_also_where_another_lies_on_it_and_a_click_selects_that_one(page, work, stage):
    stage.drag((100, 100), (500, 400))
    stage.drag((200, 200), (260, 260))
    is_saved(page, 2)
    page.keyboard.press("v")
    page.locator("[data-object]").last.click()
    stage.drag((230, 230), (250, 240))
    page.wait_for_timeout(300)
    is_saved(page, 2)
    large, small = (each["geometry"]["box"] for each in work.shapes())
    assert about(large, [120, 110, 400, 300])
    assert about(small, [200, 200, 60, 60])
    stage.click(230, 230)
    expect(page.locator("[data-object]").first).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-object][aria-selected=true]")).to_have_count(1)


def test_a_rotated_box_and_an_ellipse_are_drawn_and_turned_by_their_handle(page, work, stage):
    page.keyboard.press("Shift+r")
    for point in ((100, 300), (200, 300), (150, 340)):
        stage.click(*point)
    is_saved(page, 1)
    page.keyboard.press("v")
    beyond = 24 / stage.scale
    stage.drag((150, 300 - beyond), (300, 320))
    page.wait_for_timeout(300)
    is_saved(page, 1)
    [shape] = work.shapes()
    assert (shape["shape"], round(shape["geometry"]["angle"])) == ("rotated_box", 90)
    assert about(shape["geometry"]["box"], [100, 300, 100, 40])
    page.keyboard.press("o")
    stage.drag((400, 100), (600, 200))
    is_saved(page, 2)
    ellipse = work.shapes()[1]["geometry"]
    assert about([*ellipse["center"], *ellipse["radii"]], [500, 150, 100, 50])


def test_a_double_click_makes_a_vertex_on_an_edge_and_takes_one_away(page, work, stage):
    page.keyboard.press("p")
    for point in ((100, 100), (300, 100), (300, 300), (100, 300)):
        stage.click(*point)
    page.keyboard.press("Enter")
    is_saved(page, 1)
    page.keyboard.press("v")
    for point in ((200, 100), (200, 100)):
        stage.click(*point)
    page.wait_for_timeout(400)
    is_saved(page, 1)
    assert len(work.shapes()[0]["geometry"]["rings"][0]) == 5
    for point in ((300, 300), (300, 300)):
        stage.click(*point)
    page.wait_for_timeout(400)
    is_saved(page, 1)
    assert len(work.shapes()[0]["geometry"]["rings"][0]) == 4


def test_shapes_in_a_rectangle_are_selected_copied_and_pasted_on_the_next_image(page, work, stage):
    stage.drag((100, 100), (200, 200))
    stage.drag((300, 100), (400, 200))
    stage.drag((600, 400), (700, 500))
    is_saved(page, 3)
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.keyboard.down("Shift")
    stage.drag((50, 50), (450, 250))
    page.keyboard.up("Shift")
    expect(page.locator("[data-object][aria-selected=true]")).to_have_count(2)
    page.keyboard.press("Control+c")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-objects-count]")).to_have_text("0")
    page.keyboard.press("Control+v")
    is_saved(page, 2)
    page.wait_for_timeout(300)
    copied = sorted(each["geometry"]["box"] for each in work.shapes(1))
    assert about(copied[0], [100, 100, 100, 100])
    assert about(copied[1], [300, 100, 100, 100])
    page.keyboard.press("Control+b")
    is_saved(page, 5)
    page.keyboard.press("Control+z")
    is_saved(page, 2)


def test_a_box_is_drawn_and_moved_by_keys_alone(page, work, stage):
    page.keyboard.press("Alt+A")
    pointer = page.locator(".key-pointer")
    left, top = (int(part) for part in pointer.inner_text().split(", "))
    page.keyboard.press("Space")
    for key in ("Control+ArrowRight", "Control+ArrowDown", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Space")
    is_saved(page, 1)
    far = 64 / stage.scale
    assert about(work.shapes()[0]["geometry"]["box"], [left, top, far, far + 1 / stage.scale])
    page.keyboard.press("v")
    for _time in range(3):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    page.keyboard.down("Space")
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.up("Space")
    page.wait_for_timeout(300)
    is_saved(page, 1)
    assert about(work.shapes()[0]["geometry"]["box"][:2], [left - far, top])
    page.keyboard.press("Alt+A")
    expect(pointer).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"image={work.images[1]}"))
