"""The gestures of ``benchmarks.canvas`` on the same shapes drawn by Konva, the library of other labelling tools."""

import functools
import http.server
import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.canvas_gestures import Gestures, grown, moved, same, shrunk, swing
from benchmarks.web import ROOT

MOVES = 37  # a frame may take a second


class KonvaGestures(Gestures):
    tool = "konva"
    moves = MOVES
    sharp = "() => null"  # it draws everything in every frame

    def perform(self) -> None:
        self.first_paint()
        mouse = self.page.mouse
        x, y = 565, 370
        mouse.move(x, y)
        self.gesture("zoom in", lambda n: mouse.wheel(0, -20), grown)
        self.gesture("pan", lambda n: mouse.move(x + 40 * swing(n), y + 20 * swing(n)), same, held="middle")
        self.gesture("hover", lambda n: mouse.move(x + 30 * swing(n), y + 9 * swing(n)), same)
        self.gesture("zoom out", lambda n: mouse.wheel(0, 30), shrunk)
        self.page.evaluate("fit()")
        self.page.wait_for_timeout(2000)
        mark = self.mark()
        assert mark
        mouse.move(mark[0] - mark[2] / 3, mark[1])
        self.gesture("drag", lambda n: mouse.move(mark[0] - mark[2] / 3 + 2 * n, mark[1] + n), moved, held="left")
        mark = self.mark()
        assert mark
        left, top = mark[0] - mark[2] / 2, mark[1] - mark[2] / 2
        mouse.move(left, top)
        self.gesture("vertex", lambda n: mouse.move(left - 2 * n, top - n), grown, held="left")


def measure(browser: Browser, count: int, shapes: list[dict], mark: dict, picture: bytes) -> dict[str, float]:
    """p95 between frames in milliseconds, by gesture."""
    with served(shapes, mark, picture) as address:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(address)
        gestures = KonvaGestures(page, count, None)
        gestures.perform()
        context.close()
    return gestures.p95


@contextmanager
def served(shapes: list[dict], mark: dict, picture: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bench-konva-") as name:
        folder = Path(name)
        for file in ("benchmarks/konva/index.html", "benchmarks/konva/page.js", "node_modules/konva/konva.min.js"):
            shutil.copy(ROOT / file, folder)
        (folder / "shapes.json").write_text(json.dumps({"shapes": shapes, "mark": mark}))
        (folder / "picture.jpg").write_bytes(picture)
        handler = functools.partial(Quiet, directory=name)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/index.html"
            server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_given) -> None:
        pass
