"""The revisions of an image by key: looked at, restored; and deleted shapes brought back."""

import uuid

from playwright.sync_api import Page, expect

from tests.browser.drawing import Work


def test_a_revision_is_found_by_key_and_restored_and_a_deleted_shape_comes_back(page: Page, site):
    work = Work(site)
    image = work.images[0]

    def change(revision: int, *, upsert=(), delete=()) -> None:
        body = {"base_revision": revision, "key": str(uuid.uuid4()), "upsert": upsert, "delete": delete}
        work.call("PATCH", f"/api/images/{image}/annotations/", json=body)

    shapes = [
        {"id": str(uuid.uuid4()), "class": work.car, "shape": "box", "geometry": {"box": [x, 50, 60, 60]}}
        for x in (50, 250, 450)
    ]
    change(0, upsert=shapes)
    change(1, upsert=[shapes[0] | {"class": work.sign}], delete=[shapes[1]["id"]])
    page.goto(f"/projects/{work.project}/label/?image={image}")
    page.get_by_role("link", name="Revisions of this image").click()
    rows = page.locator("[data-number]")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("1 given another class, 1 deleted")
    expect(page.get_by_role("button", name="Restore this")).to_be_disabled()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-title]")).to_have_text("Revision 1")
    page.keyboard.press("Enter")
    expect(rows.first).to_contain_text("Restored revision 1")
    assert [each["class"] for each in work.shapes()] == [work.car] * 3
    change(3, delete=[each["id"] for each in shapes[:2]])
    page.get_by_role("tab", name="Deleted shapes").click()
    gone = page.locator("[data-shape]")
    expect(gone).to_have_count(2)
    gone.first.get_by_role("button", name="Bring back").click()
    expect(gone).to_have_count(1)
    assert len(work.shapes()) == 2
