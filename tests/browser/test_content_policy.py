"""Every page lives under the content policy. The fixture ``page`` fails where Chromium reports a breach of it."""

import re
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_label import IMAGES, Work
from tests.permissions.table import rules

NO_PAGES = {"/icons.svg", "/metrics", "/jsi18n/", "/healthz", "/readyz"}
ELSEWHERE = ["/no-such-page/", "/api/docs/"]
# Dressed as a person who has not signed in; who has is led on.
BEFORE_SIGNING_IN = ("/sign-in/", "/setup/", "/join/")

SPEC = {
    "task": "classification", "preset": "compact_cnn", "image_size": 16, "batch_size": 8, "epochs": 1,
    "early_stopping": 0, "warmup_epochs": 0, "augmentation": {"enabled": False}, "workers": 1,
}  # fmt: skip
RUN_A_SCRIPT_IN_LINE = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'taken over'";
  document.head.append(script);
}"""


class Everything(Work):
    """A project with a version, a run with its model, and an invitation."""

    def __init__(self, site, page: Page):
        super().__init__(site)
        for index in range(IMAGES):
            self.give(index, self.dog if index % 2 else self.cat)
        here = f"/api/projects/{self.project}"
        version = self.finished(page, "versions", self.call("POST", f"{here}/versions/", json={}))
        body = {"version": version["id"], "spec": SPEC}
        run = self.finished(page, "runs", self.call("POST", f"{here}/runs/", json=body))
        link = self.call("POST", f"{here}/invitations/", json={"role": "viewer", "days": 7})["link"]
        self.names = {"secret": link.rstrip("/").rpartition("/")[2], "token": "wrong"}
        self.ids = {
            "projects": self.project, "versions": version["id"], "runs": run["id"], "models": run["model"],
        }  # fmt: skip

    def finished(self, page: Page, kind: str, row: dict) -> dict:
        while row["status"] != "completed":
            assert row["status"] not in ("failed", "cancelled"), row
            page.wait_for_timeout(300)
            row = self.call("GET", f"/api/{kind}/{row['id']}/")
        return row

    def pages(self) -> Iterator[str]:
        """Every page of docs/permissions.md."""
        for rule in rules():
            if rule.method == "get" and not rule.path.startswith("/api/") and rule.path not in NO_PAGES:
                path = rule.path.replace("<int:pk>", str(self.ids.get(rule.path.split("/")[1])))
                yield re.sub(r"<str:(\w+)>", lambda found: self.names[found[1]], path)


def test_no_page_does_what_the_policy_forbids(page: Page, browser: Browser, site):
    everything = Everything(site, page)
    context = browser.new_context(base_url=site.address)
    stranger = context.new_page()
    breaches: list[str] = []
    stranger.on("console", lambda line: breaches.append(line.text) if "Security Policy" in line.text else None)
    seen = 0
    for path in [*ELSEWHERE, *everything.pages()]:
        for visitor in [page, stranger] if path.startswith(BEFORE_SIGNING_IN) else [page]:
            look_at(visitor, path)
            seen += 1
    context.close()
    assert breaches == []
    assert seen > 30


def look_at(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer
    assert "None" not in path
    assert "'unsafe" not in answer.headers["content-security-policy"], path
    expect(page.locator("h1, .swagger-ui .opblock").first).to_be_attached()
    expect(page.locator("[aria-busy=true], .skeleton:visible"), path).to_have_count(0)


def test_a_script_in_line_does_not_run(browser: Browser, site):
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/sign-in/")
    with page.expect_console_message(lambda line: "Security Policy" in line.text):
        page.evaluate(RUN_A_SCRIPT_IN_LINE)
    assert page.title() != "taken over"
    context.close()
