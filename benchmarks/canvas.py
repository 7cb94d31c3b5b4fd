"""Gestures on a picture of 12 megapixels with many shapes, in a real Chromium: times between frames, and what is seen.

    python -m benchmarks.canvas [--shapes 1000 10000 50000] [--pictures FOLDER]

The mouse is Playwright's, the frames are counted in the page. ``right`` says whether the mark, a box in a colour of its
own, was where the gesture must have brought it; ``sharp_ms`` how long after the last move the shapes were drawn anew.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks.gallery_browser import ARGUMENTS, CHROMIUM, opened, p95
from benchmarks.postgres import free_port
from benchmarks.web import ROOT, web_process

RECORD = """() => {
  const times = [];
  let last = performance.now(), on = true;
  const count = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(count); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(count); });
  globalThis.__frames = () => { on = false; return times; };
}"""
# How long it takes from now until the shapes are drawn for what is seen, instead of stretched.
SHARP = """async () => {
  const layer = document.querySelector(".shape-layer-sharp");
  const began = performance.now();
  const waited = () => performance.now() - began;
  while (!layer.style.transform.endsWith("scale(1)") && waited() < 5000) await new Promise(requestAnimationFrame);
  return waited();
}"""
MOVES = 91  # a swing ends where it began
Mark = tuple[float, float, float] | None  # middle of the mark on the page, and its width


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--shapes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    given.add_argument("--pictures")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-canvas-") as folder:
        environment = os.environ | {
            "LABELAPP_DATA_DIR": folder, "LABELAPP_PORT": str(free_port()), "LABELAPP_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        command = [sys.executable, "-m", "benchmarks.canvas_shapes", *map(str, chosen.shapes)]
        filled = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)
        with web_process(environment) as web, sync_playwright() as playwright:
            path = next(each for each in CHROMIUM if Path(each).exists())
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            for count, image in filled["images"].items():
                page = opened(browser, web.port, filled, f"/projects/{filled['project']}/label/?image={image}")
                Gestures(page, int(count), chosen.pictures).perform()
                page.context.close()
            browser.close()


class Gestures:
    def __init__(self, page: Page, count: int, pictures: str | None):
        self.page, self.count, self.pictures = page, count, pictures

    def perform(self) -> None:
        self.first_paint()
        stage = self.page.locator("[data-stage]").bounding_box()
        assert stage
        x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
        mouse = self.page.mouse
        self.page.keyboard.press("v")
        mouse.move(x, y)
        self.gesture("zoom in", lambda n: mouse.wheel(0, -8), grown)
        self.gesture("pan", lambda n: mouse.move(x + 40 * swing(n), y + 20 * swing(n)), same, held="middle")
        self.gesture("hover", lambda n: mouse.move(x + 30 * swing(n), y + 9 * swing(n)), same)
        self.gesture("zoom out", lambda n: mouse.wheel(0, 12), shrunk)
        self.page.keyboard.press("z")  # all of it
        self.page.wait_for_timeout(500)
        mark = self.mark()
        assert mark
        x, y = mark[0] - mark[2] / 2, mark[1] - mark[2] / 4  # on its left side, between two handles
        self.page.locator("[data-object]").first.click()  # the mark, which was drawn last
        mouse.move(x, y)
        self.gesture("drag", lambda n: mouse.move(x + n, y + n / 2), moved, held="left")
        handle = self.page.locator(".canvas-handles rect").first.bounding_box()
        assert handle
        left, top = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        mouse.move(left, top)
        self.gesture("vertex", lambda n: mouse.move(left - n, top - n / 2), grown, held="left")
        self.page.evaluate("globalThis.gc?.()")
        heap = self.page.evaluate("performance.memory.usedJSHeapSize / 1e6")
        line(f"canvas/{self.count} shapes/heap", heap, unit="MB")

    def first_paint(self) -> None:
        """From the beginning of the navigation until all shapes are drawn on the picture."""
        self.page.reload()
        self.page.wait_for_timeout(8000)
        drawn = self.page.evaluate("performance.getEntriesByName('shapes-drawn').at(-1).startTime")
        line(f"canvas/{self.count} shapes/first paint", drawn, right=bool(self.mark()))

    def gesture(
        self, name: str, move: Callable[[int], None], right: Callable[[Mark, Mark], bool], held: str | None = None
    ) -> None:
        before = self.mark()
        if held:
            self.page.mouse.down(button=held)  # type: ignore[arg-type]
        self.page.evaluate(RECORD)
        for number in range(MOVES):
            move(number)
        times = self.page.evaluate("__frames()")
        sharp = self.page.evaluate(SHARP)
        if held:
            self.page.mouse.up(button=held)  # type: ignore[arg-type]
        self.page.wait_for_timeout(400)
        after = self.mark()
        detail = {"p50_ms": statistics.median(times), "worst_ms": max(times), "sharp_ms": sharp, "frames": len(times)}
        line(f"canvas/{self.count} shapes/{name}", p95(times), right=right(before, after), **detail)
        if self.pictures:
            self.page.screenshot(path=Path(self.pictures) / f"{self.count}-{name}.png")

    def mark(self) -> Mark:
        seen = np.asarray(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")).astype(int)
        ys, xs = np.nonzero((seen[..., 0] > 230) & (seen[..., 1] < 40) & (seen[..., 2] > 230))
        if len(xs) < 20:
            return None
        return float(xs.min() + xs.max()) / 2, float(ys.min() + ys.max()) / 2, float(xs.max() - xs.min())


def swing(number: int) -> int:
    """0 to 9 and back, again and again."""
    return 9 - abs(number % 18 - 9)


def grown(before: Mark, after: Mark) -> bool:
    return before is not None and after is not None and after[2] > before[2] * 1.5


def shrunk(before: Mark, after: Mark) -> bool:
    return before is not None and after is not None and after[2] < before[2] / 1.5


def moved(before: Mark, after: Mark) -> bool:
    return before is not None and after is not None and abs(after[2] - before[2]) < 3 and after[0] > before[0] + 50


def same(before: Mark, after: Mark) -> bool:
    return before is not None and after is not None and bool(np.allclose(before, after, atol=3))


def line(name: str, value: float, unit: str = "ms", **detail) -> None:
    rounded = {key: round(each, 2) if isinstance(each, float) else each for key, each in detail.items()}
    limits = "limits: p95 between frames 17 ms, of 50,000 shapes 34 ms; sharp again after 250 ms"
    print(
        json.dumps({"name": name, "value": round(value, 2), "unit": unit, "against": limits, "detail": rounded}),
        flush=True,
    )


if __name__ == "__main__":
    main()
