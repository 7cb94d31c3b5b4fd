"""The frame of the labelling page: keys of other tools and own ones, tabs, the edge of the right bar, focus mode."""

from playwright.sync_api import Page, expect

from tests.browser.test_draw import stage, work  # noqa: F401  (fixtures)


def test_keys_are_those_of_another_tool_and_own_ones_and_the_page_remembers_how_it_is(page: Page, work, stage):  # noqa: F811
    page.keyboard.press("Control+,")
    dialog = page.get_by_role("dialog", name="Keys")
    profile = dialog.get_by_label("Keys as in")
    for name in ("labelStudio", "labelme", "cvat"):
        profile.select_option(name)
        expect(dialog.locator("[data-key-clashes]")).to_be_empty()
    box = dialog.locator("[data-command='tool:box']")
    box.get_by_role("button", name="another key").click()
    page.keyboard.press("Escape")
    box.get_by_role("button", name="another key").click()
    page.keyboard.press("f")
    expect(box.get_by_role("alert")).to_contain_text("“Next image” has F.")
    box.get_by_role("button", name="Take it away there").click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    tool = page.locator("[data-tool=box]")
    expect(tool).to_have_attribute("title", "Box (F)")
    expect(page.locator("[data-verb='step:1']").first).to_have_attribute("title", "Next image (→)")
    page.keyboard.press("v")
    page.keyboard.press("f")
    expect(tool).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("v")
    page.keyboard.press("n")
    expect(tool).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("v")

    edge = page.get_by_role("separator")
    edge.focus()
    page.keyboard.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", "254")
    page.get_by_role("tab", name="Objects").press("ArrowRight")
    expect(page.locator("[data-objects]")).to_be_hidden()
    expect(page.get_by_role("tab", name="Classes")).to_be_focused()
    page.keyboard.press(".")
    expect(page.locator(".sidebar")).to_be_hidden()
    expect(page.locator("[data-bar] [data-saved]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".page-top [data-saved]")).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name="Classes")).to_have_attribute("aria-selected", "true")
    expect(edge).to_have_attribute("aria-valuenow", "254")
    expect(tool).to_have_attribute("title", "Box (F)")
