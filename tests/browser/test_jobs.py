import re

from playwright.sync_api import Page, expect

from tests.browser.test_log import make_project


def test_jobs_are_listed_and_a_notice_tells_on_another_page_when_one_has_ended(page: Page, site):
    project = make_project(site, "Long work")
    page.goto(f"/projects/{project}/jobs/")
    exported = page.locator("[data-job^=export-]")
    expect(exported).to_have_count(1)
    expect(exported).to_contain_text("there is nothing to export", timeout=40_000)  # it has no images
    expect(exported.get_by_role("button", name="Try again")).to_be_visible()

    page.goto(f"/projects/{project}/classes/")
    page.evaluate(
        """project => fetch(`/api/projects/${project}/exports/`, {
            method: "POST", body: JSON.stringify({format: "csv"}),
            headers: {"Content-Type": "application/json", "X-CSRFToken": document.cookie.match(/csrftoken=(\\w+)/)[1]},
        }).then(() => document.dispatchEvent(new CustomEvent("job-started")))""",
        project,
    )
    notice = page.locator(".toast", has_text="there is nothing to export")
    expect(notice).to_be_visible(timeout=40_000)
    notice.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(f"/projects/{project}/exchange/$"))


def test_filters_stand_in_the_address_and_can_be_cleared(page: Page, site):
    project = make_project(site, "Filtering")
    page.goto(f"/projects/{project}/jobs/?kind=run&state=failed")
    expect(page.get_by_role("heading", name="Nothing fits these filters")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("[data-job^=export-]")).to_have_count(1)
