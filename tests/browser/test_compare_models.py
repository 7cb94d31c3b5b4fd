"""The shelf compared: sorted, filtered, drawn, measured on request, and chosen from."""

from playwright.sync_api import Page, expect

from tests.browser.test_label import Work


class Frozen(Work):
    """A project with a version of two labelled images."""

    def __init__(self, site, page: Page):
        super().__init__(site)
        for index in range(2):
            self.give(index, self.dog if index % 2 else self.cat)
        version = self.call("POST", f"/api/projects/{self.project}/versions/", json={})
        while version["status"] != "completed":
            assert version["status"] != "failed", version
            page.wait_for_timeout(200)
            version = self.call("GET", f"/api/versions/{version['id']}/")


def test_models_are_compared_and_one_of_them_is_chosen(page: Page, site):
    work = Frozen(site, page)
    page.goto(f"/projects/{work.project}/runs/new/")
    page.get_by_role("button", name="Compare models").click()
    dialog = page.get_by_role("dialog", name="Compare models")
    rows = dialog.locator("tbody tr")
    expect(rows.first).to_contain_text("MobileNet 0.25")
    expect(dialog.locator(".scatter-point").first).to_be_visible()

    by_parameters = dialog.get_by_role("button", name="Parameters")
    by_parameters.press("Enter")
    expect(dialog.locator("th[aria-sort=ascending]")).to_contain_text("Parameters")
    dialog.get_by_role("button", name="Parameters").press("Enter")
    expect(rows.first).to_contain_text("ConvNeXt Tiny")
    expect(dialog.get_by_role("button", name="Parameters")).to_be_focused()

    dialog.get_by_label("Size").select_option("small")
    dialog.get_by_label("Weights").select_option("published")
    expect(rows).to_have_count(2)
    expect(dialog.locator(".scatter-point")).to_have_count(2)

    dialog.get_by_role("button", name="Measure on this worker").click()
    stop = dialog.get_by_role("button", name="Stop measuring")
    expect(stop).to_be_visible()
    stop.click()
    expect(stop).to_be_hidden()

    dialog.get_by_label("Task").select_option("detection")
    dialog.locator(".scatter-point[data-key=mobilenet_025]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("select[name=task]")).to_have_value("detection")
    expect(page.locator("[name=preset][value=mobilenet_025]")).to_be_checked()
    expect(page.locator("[data-summary]")).to_contain_text("Disk")
