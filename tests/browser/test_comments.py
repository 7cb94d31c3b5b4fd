"""A comment is pinned to a shape with real pointer events, goes with it, is answered and resolved, and found again."""

import re

from playwright.sync_api import expect

from tests.browser.test_draw import Stage, is_saved, stage, work  # noqa: F401  (fixtures)


def test_a_comment_is_pinned_to_a_shape_goes_with_it_and_is_resolved(page, work, stage):  # noqa: F811
    stage.drag((100, 100), (300, 200))
    is_saved(page, 1)
    page.keyboard.press("c")
    stage.click(300, 150)
    page.keyboard.type("The right edge\nis <b>off</b>.")
    page.keyboard.press("Control+Enter")
    pin = page.locator(".comment-pin[data-pin='1']")
    expect(pin).to_be_visible()
    expect(page.locator(".comment-text")).to_have_text("The right edge\nis <b>off</b>.")
    expect(page.get_by_role("button", name="Box", exact=True)).to_have_attribute("aria-pressed", "true")
    [thread] = work.call("GET", f"/api/images/{work.images[0]}/comments/")["results"]
    assert thread["annotation"] == work.shapes()[0]["id"]
    assert about(stage, pin, 300, 150)

    page.keyboard.press("v")
    stage.drag((200, 150), (500, 350))
    is_saved(page, 1)
    page.wait_for_timeout(200)
    assert about(stage, pin, 400, 300)  # the nearest place of the shape, which has gone to 400..600
    stage.to(400, 300)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(200)
    assert about(stage, pin, 400, 300)

    page.keyboard.press("Shift+s")
    expect(page.get_by_role("dialog")).to_contain_text("1 open comment on the image goes with it.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Answer").click()
    page.keyboard.type("Moved.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-answers")).to_contain_text("Moved.")
    page.goto(f"/projects/{work.project}/images/?comments=open")
    expect(page.locator("[data-total]")).to_have_text(re.compile("^1 "))
    page.goto(f"/projects/{work.project}/label/?comments=open")
    page.get_by_role("button", name="Resolve").click()
    expect(pin).to_have_count(0)
    page.get_by_role("button", name="Show 1 resolved").click()
    expect(page.locator(".comment-pin-resolved")).to_be_visible()


def about(stage: Stage, pin, x: float, y: float) -> bool:  # noqa: F811
    """Whether the lower left corner of the pin is at this place of the image, also zoomed around it."""
    box = pin.bounding_box()
    left, top = stage.left + x * stage.scale, stage.top + y * stage.scale
    return abs(box["x"] - left) < 3 and abs(box["y"] + box["height"] - top) < 3
