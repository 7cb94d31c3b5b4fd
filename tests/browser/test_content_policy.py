"""Every page lives under the content policy. The fixture ``page`` fails where Chromium reports a breach of it."""

from playwright.sync_api import Browser, Page, expect

IN_PROJECT = [
    "", "label/", "images/", "images/add/", "classes/", "settings/", "members/", "jobs/", "log/", "versions/", "runs/",
    "runs/new/", "runs/compare/", "models/", "exchange/",
]  # fmt: skip
ELSEWHERE = ["/", "/profile/", "/people/", "/log/", "/projects/trash/", "/no-such-page/", "/api/docs/"]

MAKE_SAMPLE = """async () => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch("/api/projects/sample/", { method: "POST", headers: { "X-CSRFToken": token } });
  return (await answer.json()).id;
}"""
RUN_A_SCRIPT_IN_LINE = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'taken over'";
  document.head.append(script);
}"""


def test_no_page_does_what_the_policy_forbids(page: Page):
    project = page.evaluate(MAKE_SAMPLE)
    for path in [*ELSEWHERE, *(f"/projects/{project}/{section}" for section in IN_PROJECT)]:
        answer = page.goto(path)
        assert answer
        assert "'unsafe" not in answer.headers["content-security-policy"]
        expect(page.locator("h1, .swagger-ui .opblock").first).to_be_attached()


def test_a_script_in_line_does_not_run(browser: Browser, site):
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/sign-in/")
    with page.expect_console_message(lambda line: "Security Policy" in line.text):
        page.evaluate(RUN_A_SCRIPT_IN_LINE)
    assert page.title() != "taken over"
    context.close()
