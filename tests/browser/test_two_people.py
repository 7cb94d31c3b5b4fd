"""One labels while the other freezes, trains and deletes a class: nothing is lost, and each sees what happened."""

import re
from collections.abc import Iterable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.joining import join
from tests.browser.test_label import Work, drawn, is_saved

pytestmark = pytest.mark.slow

LABELLED_BEFORE = 24
MORE_IMAGES = 60
MINUTE = 60_000


@pytest.fixture
def work(site) -> Work:
    """A project with three classes; the first images are labelled with two of them, the others wait."""
    made = Work(site)
    made.fox = made.call("POST", f"/api/projects/{made.project}/classes/", json={"name": "fox"})["id"]
    files = [("files", (f"more {number:02}.png", drawn_large(number))) for number in range(MORE_IMAGES)]
    added = made.call("POST", f"/api/projects/{made.project}/images/", files=files)["results"]
    made.images += [each["id"] for each in added]
    for index in range(LABELLED_BEFORE):
        made.give(index, (made.cat, made.dog)[index % 2])
    return made


def drawn_large(number: int) -> bytes:
    return drawn(number) + b"\0" * (number + 1)  # each with bytes of its own: the same picture would come in once


class Labelling:
    """Grace at the labelling page; remembers of every label whether the page was told that it is saved."""

    def __init__(self, page: Page):
        self.page = page
        self.saved: dict[int, list[int]] = {}
        page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        asked = answer.request
        if asked.method == "PATCH" and "/annotations/" in answer.url and answer.ok:
            image = int(re.findall(r"/images/(\d+)/", answer.url)[0])
            self.saved[image] = [each["class"] for each in answer.json()["annotations"]]

    def press(self, *keys: str) -> None:
        for key in keys:
            before = self.page.locator("[data-position]").inner_text()
            self.page.keyboard.press(key)
            expect(self.page.locator("[data-position]")).not_to_have_text(before)


@pytest.fixture
def labelling(browser: Browser, work: Work, site) -> Iterator[Labelling]:
    invited = work.call("POST", f"/api/projects/{work.project}/invitations/", json={"role": "annotator"})
    context = browser.new_context(base_url=site.address, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    join(page, invited["link"], "Grace Hopper", f"grace-{work.project}")  # the site is shared with other tests
    page.wait_for_url(f"**/projects/{work.project}/")
    page.goto(f"/projects/{work.project}/label/")
    expect(page.locator(".label-frame img")).to_be_visible()
    page.wait_for_load_state("networkidle")
    yield Labelling(page)
    context.close()


def test_one_labels_while_the_other_freezes_trains_and_deletes_a_class(page: Page, work: Work, labelling: Labelling):
    labelling.press("1", "2", "3", "3")
    freeze(page, work)
    labelling.press("1", "2")
    train(page)
    labelling.press("1", "3", "2")
    expect(page.locator(".pill-running").first).to_be_visible(timeout=MINUTE)
    labelling.press("2", "1")
    is_saved(labelling.page)
    with_classes_of_before(labelling.page)
    delete_class(page, work, "fox")
    told_of_the_deleted_class(labelling.page)
    labelling.press("1", "2")
    is_saved(labelling.page)
    page.goto(f"/projects/{work.project}/runs/")
    expect(page.locator(".pill-completed").first).to_be_visible(timeout=3 * MINUTE)

    assert len(labelling.saved) == 13
    without_fox = {image: [each for each in given if each != work.fox] for image, given in labelling.saved.items()}
    assert now_on(work, without_fox) == without_fox
    (version,) = work.call("GET", f"/api/projects/{work.project}/versions/")["results"]
    assert sum(version["counts"][part] for part in ("train", "validation", "test")) == LABELLED_BEFORE + 4
    both_are_in_the_log(page, work)
    undo_the_deletion(page, work)
    assert now_on(work, labelling.saved) == labelling.saved


def now_on(work: Work, images: Iterable[int]) -> dict[int, list[int]]:
    return {image: work.classes(work.images.index(image)) for image in images}


def freeze(page: Page, work: Work) -> None:
    page.goto(f"/projects/{work.project}/versions/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Freeze version…").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(str(LABELLED_BEFORE + 4))
    dialog.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_role("link", name="Train")).to_be_visible(timeout=MINUTE)


def train(page: Page) -> None:
    page.get_by_role("link", name="Train").click()
    expect(page.get_by_role("heading", name="New run")).to_be_visible()
    for group, field, value in (
        ("Data", "Image size", "32"),
        ("Optimiser", "Epochs", "6"),
        ("Optimiser", "Batch size", "8"),
    ):
        opened = page.locator(f'details[data-group="{group}"]')
        if opened.get_attribute("open") is None:
            opened.locator("summary").first.click()
        opened.get_by_role("textbox", name=field, exact=True).fill(value)
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_url(re.compile(r"/runs/\d+/$"))


def delete_class(page: Page, work: Work, name: str) -> None:
    page.goto(f"/projects/{work.project}/classes/")
    row = page.locator(".class-row").filter(has=page.get_by_role("button", name=f"More for “{name}”"))
    row.get_by_role("button", name=f"More for “{name}”").click()
    row.get_by_role("button", name="Delete…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("3 annotations on 3 images")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.locator(".class-row")).to_have_count(2)


def with_classes_of_before(page: Page) -> None:
    """The page asks for the classes from time to time: what is tested here is that it has not heard of it yet."""
    page.route("**/classes/", lambda route: route.abort())


def told_of_the_deleted_class(page: Page) -> None:
    page.keyboard.press("3")
    dialog = page.get_by_role("dialog", name="A change was not saved")
    expect(dialog).to_contain_text("deleted the class “fox”")
    page.unroute("**/classes/")
    dialog.get_by_role("button", name="Drop my change").click()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".label-class")).to_have_count(2)


def both_are_in_the_log(page: Page, work: Work) -> None:
    page.goto(f"/projects/{work.project}/log/")
    for sentence in ("Deleting “fox”", "Grace Hopper"):
        expect(page.get_by_role("main").get_by_role("listitem").filter(has_text=sentence).first).to_be_visible()


def undo_the_deletion(page: Page, work: Work) -> None:
    page.goto(f"/projects/{work.project}/classes/")
    page.get_by_role("button", name="Undo: Deleting “fox”").click()
    expect(page.locator(".class-row")).to_have_count(3)
    expect(page.locator(".class-change-undone")).to_have_count(1)
