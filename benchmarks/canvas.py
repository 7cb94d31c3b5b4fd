"""Gestures on a picture of 12 megapixels with many shapes, in a real Chromium: times between frames, and what is seen.

    python -m benchmarks.canvas [--shapes 1000 10000 50000] [--konva 1000 10000] [--pictures FOLDER]

``right`` says whether the mark, a box in a colour of its own, was where the gesture must have brought it; ``sharp_ms``
how long after the last move the shapes were drawn anew. For the numbers of ``--konva`` the same gestures are then done
on the same shapes drawn by Konva, and the ratio is printed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import canvas_konva
from benchmarks.canvas_gestures import Gestures, grown, line, moved, same, shrunk, swing
from benchmarks.canvas_shapes import drawn, picture
from benchmarks.gallery_browser import ARGUMENTS, CHROMIUM, opened
from benchmarks.postgres import free_port
from benchmarks.web import ROOT, web_process


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--shapes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    given.add_argument("--konva", type=int, nargs="*", default=[1000, 10_000])
    given.add_argument("--pictures")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-canvas-") as folder:
        environment = os.environ | {
            "LABELAPP_DATA_DIR": folder, "LABELAPP_PORT": str(free_port()), "LABELAPP_LOG_LEVEL": "CRITICAL",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        command = [sys.executable, "-m", "benchmarks.canvas_shapes", *map(str, chosen.shapes)]
        filled = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)
        with web_process(environment) as web, sync_playwright() as playwright:
            path = next(each for each in CHROMIUM if Path(each).exists())
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            for count, image in filled["images"].items():
                page = opened(browser, web.port, filled, f"/projects/{filled['project']}/label/?image={image}")
                gestures = PageGestures(page, int(count), chosen.pictures)
                gestures.perform()
                page.context.close()
                if int(count) in chosen.konva:
                    konva = canvas_konva.measure(browser, int(count), *drawn(int(count)), picture(int(count)))
                    for name, value in gestures.p95.items():
                        line(f"canvas/{count} shapes/{name} over konva", value / konva[name], unit="ratio")
            browser.close()


class PageGestures(Gestures):
    """On the labelling page."""

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


if __name__ == "__main__":
    main()
