from playwright.sync_api import Page, Route, expect


def test_a_button_that_is_pressed_before_its_module_has_come_does_its_work_all_the_same(page: Page):
    held: list[Route] = []
    page.route("**/js/pages/projects*.js", lambda route: held.append(route))
    page.goto("/", wait_until="commit")
    page.get_by_role("button", name="New project").first.click()
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_have_count(0)
    held[0].continue_()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_one_that_is_pressed_later_does_it_once(page: Page):
    page.goto("/")
    page.get_by_role("button", name="New project").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    expect(page.get_by_role("dialog")).to_have_count(0)
