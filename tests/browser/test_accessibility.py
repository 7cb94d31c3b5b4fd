"""Pages as axe, the field's checker of accessibility, sees them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import Work

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
PAGES = (
    "", "images/", "images/add/", "label/", "versions/", "runs/", "exchange/", "classes/", "members/", "assignments/",
    "rounds/", "throughput/",
)  # fmt: skip
RUN = "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_serious_findings(page: Page, site, scheme):
    work = Work(site)
    page.emulate_media(color_scheme=scheme)
    project = f"/projects/{work.project}/"
    found = []
    for name in (*PAGES, f"images/{work.images[0]}/revisions/"):
        page.goto(project + name)
        page.wait_for_timeout(300)
        expect(page.locator("[data-figures][aria-busy=true]")).to_have_count(0)  # what is being read is dimmed
        page.evaluate(AXE.read_text())
        found += [
            (name, each["id"], each["nodes"][0]["html"][:200])
            for each in page.evaluate(RUN)
            if each["impact"] in ("serious", "critical")
        ]
    assert not found
