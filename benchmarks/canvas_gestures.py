"""Gestures with Playwright's mouse, the times between frames meanwhile, and whether the right pixels were there."""

import io
import json
import statistics
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from benchmarks.gallery_browser import p95

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
# The name beside a shape that is pointed at has the shape's colour.
HIDE_NAMES = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".canvas-name { visibility: hidden }");
  document.adoptedStyleSheets = [sheet];
}"""
LIMITS = "limits: p95 between frames 17 ms, of 50,000 shapes 34 ms; sharp again after 250 ms"
MOVES = 91  # a swing ends where it began
Mark = tuple[float, float, float] | None  # middle of the mark on the page, and its width


class Gestures:
    """On one page. ``p95``: milliseconds between frames, by gesture."""

    tool = "canvas"
    moves = MOVES
    sharp = SHARP

    def __init__(self, page: Page, count: int, pictures: str | None):
        self.page, self.count, self.pictures = page, count, pictures
        self.p95: dict[str, float] = {}

    def first_paint(self) -> None:
        """From the beginning of the navigation until all shapes are drawn on the picture."""
        self.page.reload()
        self.page.wait_for_timeout(8000)
        drawn = self.page.evaluate("performance.getEntriesByName('shapes-drawn').at(-1).startTime")
        line(f"{self.tool}/{self.count} shapes/first paint", drawn, right=bool(self.mark()))

    def gesture(
        self, name: str, move: Callable[[int], None], right: Callable[[Mark, Mark], bool], held: str | None = None
    ) -> None:
        before = self.mark()
        if held:
            self.page.mouse.down(button=held)  # type: ignore[arg-type]
        self.page.evaluate(RECORD)
        for number in range(self.moves):
            move(number)
        times = self.page.evaluate("__frames()")
        sharp = self.page.evaluate(self.sharp)
        if held:
            self.page.mouse.up(button=held)  # type: ignore[arg-type]
        self.page.wait_for_timeout(1500)  # of 50,000 shapes the coarse picture is seen until then
        after = self.mark()
        detail = {"p50_ms": statistics.median(times), "worst_ms": max(times), "sharp_ms": sharp, "frames": len(times)}
        self.p95[name] = p95(times)
        line(f"{self.tool}/{self.count} shapes/{name}", self.p95[name], right=right(before, after), **detail)
        if self.pictures:
            self.page.screenshot(path=Path(self.pictures) / f"{self.count}-{name}.png")

    def mark(self) -> Mark:
        self.page.evaluate(HIDE_NAMES)
        seen = np.asarray(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")).astype(int)
        self.page.evaluate("() => { document.adoptedStyleSheets = []; }")
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


def line(name: str, value: float, unit: str = "ms", against: str = LIMITS, **detail) -> None:
    rounded = {key: round(each, 2) if isinstance(each, float) else each for key, each in detail.items()}
    against = "" if unit == "ratio" else against
    print(
        json.dumps({"name": name, "value": round(value, 3), "unit": unit, "against": against, "detail": rounded}),
        flush=True,
    )
