"""Scrolling through tens of thousands of images in a real Chromium: frames, elements and memory of the page.

    python -m benchmarks.gallery_browser [--images 100000] [--pictures FOLDER]

The real web process serves real thumbnails. One scrolls by wheel steps of a mouse, then drags the scroll bar, then
walks through the labelling queue. With ``--pictures`` screens are kept in both themes and three widths.
"""

import argparse
import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.gallery import SMALL, fill, line
from benchmarks.postgres import free_port
from benchmarks.web import web_process

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-precise-memory-info", "--js-flags=--expose-gc",
]  # fmt: skip
SCREENS = [(1440, 900), (1024, 768), (390, 844)]
# Times between frames while the page scrolls by itself: as many pixels a frame as a hand that turns the wheel.
SCROLL = """async ({ pixels, frames }) => {
  const times = [];
  let last = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    scrollBy(0, pixels);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}"""
STATE = """async () => {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  globalThis.gc?.();
  const shown = [...document.querySelectorAll('.tile:not([hidden])')];
  return {
    elements: document.querySelectorAll('*').length,
    heap_mb: performance.memory.usedJSHeapSize / 1e6,
    tiles: shown.length,
    loading: shown.filter((tile) => tile.classList.contains('loading')).length,
    top: Math.round(scrollY),
    height: document.documentElement.scrollHeight,
    mark: document.querySelector('[data-place-mark]')?.textContent ?? '',
  };
}"""


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--images", type=int, default=100_000)
    given.add_argument("--data", help="A data folder that many_images has filled already.")
    given.add_argument("--projects", help="What many_images printed then.")
    given.add_argument("--pictures")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-browser-") as folder:
        environment = os.environ | {
            "LABELAPP_DATA_DIR": chosen.data or folder, "LABELAPP_PORT": str(free_port()),
            "LABELAPP_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        if chosen.data:
            projects = json.loads(Path(chosen.projects).read_text())
        else:
            projects = fill(environment, [SMALL, chosen.images], "--thumbnails")
        with web_process(environment) as web, sync_playwright() as playwright:
            path = next(each for each in CHROMIUM if Path(each).exists())
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            for project in [each for each in projects if each["kind"] == "classification"]:
                scroll(browser, web.port, project)
            label(browser, web.port, projects[-1])
            if chosen.pictures:
                take_pictures(browser, web.port, projects, Path(chosen.pictures))
            browser.close()


def opened(browser: Browser, port: int, project: dict, path: str, width: int = 1440, height: int = 900) -> Page:
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport={"width": width, "height": height})
    context.add_cookies([{"name": "sessionid", "value": project["session"], "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    page.on("pageerror", lambda error: print("error in the page:", error, flush=True))
    page.goto(path)
    return page


def scroll(browser: Browser, port: int, project: dict) -> None:
    page = opened(browser, port, project, f"/projects/{project['project']}/images/")
    page.locator(".tile:not(.loading)").first.wait_for()
    idle = page.evaluate(SCROLL, {"pixels": 0, "frames": 60})
    detail: dict[str, Any] = {"frames_at_rest_p95_ms": p95(idle), "start": page.evaluate(STATE)}
    times: list[float] = []
    for part in ("quarter", "middle", "end of the scroll"):
        times += page.evaluate(SCROLL, {"pixels": 400, "frames": 1000})
        detail[part] = page.evaluate(STATE)
    page.mouse.wheel(0, 0)
    slow = page.evaluate(SCROLL, {"pixels": 40, "frames": 300})
    page.locator("[data-grid]").focus()
    page.keyboard.press("End")
    page.locator(".tile.active:not(.loading)").wait_for()
    detail["last image"] = page.evaluate(STATE)
    rows = sum(detail[part]["top"] for part in ("end of the scroll",)) // 220
    line(
        f"gallery/scroll {project['size']} images", "sqlite", p95(times), p50_ms=statistics.median(times),
        slow_p95_ms=p95(slow), slow_p50_ms=statistics.median(slow), rows_passed=rows, **detail,
    )  # fmt: skip
    page.context.close()


def label(browser: Browser, port: int, project: dict) -> None:
    """Walks through the queue: a step is over when the next picture is drawn."""
    page = opened(browser, port, project, f"/projects/{project['project']}/label/?order=id&image={project['middle']}")
    page.locator("[data-stage] img").first.wait_for()
    page.wait_for_timeout(1000)
    start = page.evaluate(STATE)
    for _step in range(400):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    page.wait_for_timeout(1000)
    steps = page.evaluate("performance.getEntriesByName('label-image-shown').map((each) => each.duration)")
    line(
        f"label/step through {project['size']} images", "sqlite", p95(steps), p50_ms=statistics.median(steps),
        steps=len(steps), start=start, end=page.evaluate(STATE), address=page.url.split("?")[1],
    )  # fmt: skip
    page.context.close()


def take_pictures(browser: Browser, port: int, projects: list[dict], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for project in [each for each in projects if each["kind"] == "detection"]:
        for width, height in SCREENS:
            for theme in ("light", "dark"):
                page = opened(browser, port, project, f"/projects/{project['project']}/images/", width, height)
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                page.locator(".tile:not(.loading)").first.wait_for()
                page.wait_for_timeout(700)
                page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
                page.wait_for_timeout(700)
                page.screenshot(path=folder / f"{project['size']}-{width}-{theme}.png")
                page.context.close()


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
