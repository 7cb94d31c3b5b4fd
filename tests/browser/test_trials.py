"""Before a run: its settings are checked, and a learning rate is found, in the form."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_label import IMAGES, Work

MINUTES = 60_000
STAGES = 7
KEPT = {"task": "classification", "preset": "compact_cnn", "image_size": 16, "batch_size": 4, "epochs": 5, "workers": 1}


@pytest.fixture
def form(page: Page, site) -> Page:
    """The form of a new run on a small version, as somebody has begun to fill it in."""
    work = Work(site)
    for index in range(IMAGES):
        work.give(index, work.dog if index % 2 else work.cat)
    version = work.call("POST", f"/api/projects/{work.project}/versions/", json={})
    while version["status"] != "completed":
        page.wait_for_timeout(200)
        version = work.call("GET", f"/api/versions/{version['id']}/")
    kept = {"asked": "/", "spec": KEPT, "name": "", "version": version["id"]}
    page.evaluate("([key, kept]) => localStorage.setItem(key, JSON.stringify(kept))", [f"new-run-{work.project}", kept])
    page.goto(f"/projects/{work.project}/runs/new/")
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled()
    return page


def test_a_check_ticks_off_its_stages_and_a_rate_is_found_and_taken_over(form: Page):
    form.get_by_role("button", name="Check", exact=True).click()
    panel = form.locator("[data-check-panel]")
    expect(panel.get_by_role("listitem")).to_have_count(STAGES)
    expect(panel).to_contain_text("It would go well", timeout=3 * MINUTES)
    expect(panel.locator("[data-state=done]")).to_have_count(STAGES)
    expect(panel).to_contain_text(re.compile(r"Time\s*about"))
    expect(panel).to_contain_text(re.compile(r"Disk.*free"))

    form.locator('details[data-group="Optimiser"] summary').first.click()
    field = form.locator('[data-path="learning_rate"]')
    field.get_by_role("button", name="Find a rate").click()
    use = field.get_by_role("button", name=re.compile("^Use "))
    expect(use).to_be_visible(timeout=3 * MINUTES)
    expect(field.locator(".uplot")).to_be_visible()
    use.click()
    rate = float(field.get_by_role("textbox", name="Learning rate", exact=True).input_value())
    assert 1e-6 < rate < 10
    expect(panel).to_contain_text("Of earlier settings")
