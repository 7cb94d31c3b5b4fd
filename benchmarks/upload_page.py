"""Memory of the upload page while it sends thousands of files that were dropped at once, in a real Chromium.

    python -m benchmarks.upload_page [files]

The heap is measured after a garbage collection when a tenth, a half and all of the files have arrived; "value" is the
last by the first. The list of the files is there from the start, so a page that keeps nothing else has 1.
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image as Picture
from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, NAMES
from tests.site import RunningSite

FLAT = 1.25
MIB = 1 << 20


def main() -> None:
    count = int(next(iter(sys.argv[1:]), "10000"))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = pictures(Path(name) / "pictures", count)
        site = RunningSite(Path(name) / "site").start()
        path = next(found for each in NAMES if (found := shutil.which(each)))
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            measure(browser.new_context(base_url=site.address).new_page(), site, folder, count)
        finally:
            browser.close()
            site.stop()


def measure(page: Page, site: RunningSite, folder: Path, count: int) -> None:
    open_page(page, site)
    devtools = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "data": data, "x": 500, "y": 300})
    page.locator("[data-start]").click(timeout=120_000)
    began = time.perf_counter()
    marks = {}
    for share in (0.1, 0.5, 1.0):
        wait_until(page, int(count * share))
        marks[added(page)] = heap(devtools)
    seconds = time.perf_counter() - began
    first, *_, last = (each["heap_mib"] for each in marks.values())
    detail = {
        "files": count, "seconds": round(seconds, 1), "at": marks, "rows_drawn": page.locator(".report-row").count(),
        "flat": last / first <= FLAT,
    }  # fmt: skip
    print(json.dumps({
        "name": "upload-page-heap", "value": round(last / first, 3), "unit": "ratio", "against": "", "detail": detail,
    }))  # fmt: skip


def open_page(page: Page, site: RunningSite) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    answer = page.request.post("/api/projects/", data={"name": "Bench"}, headers={"X-CSRFToken": token})
    page.goto(f"/projects/{answer.json()['id']}/images/add/", wait_until="networkidle")


def added(page: Page) -> int:
    return int(page.locator('[data-count="added"]').inner_text().replace(",", "") or 0)


def wait_until(page: Page, count: int) -> None:
    deadline = time.monotonic() + 1800
    while added(page) < count:
        assert time.monotonic() < deadline, page.locator("[data-sending]").inner_text()
        page.wait_for_timeout(100)


def heap(devtools: CDPSession) -> dict[str, float]:
    devtools.send("HeapProfiler.collectGarbage")
    used = devtools.send("Runtime.getHeapUsage")["usedSize"]
    nodes = devtools.send("Memory.getDOMCounters")["nodes"]
    return {"heap_mib": round(used / MIB, 2), "dom_nodes": nodes}


def pictures(folder: Path, count: int) -> Path:
    """Small PNG files, each another one, a hundred to a folder."""
    noise = np.random.default_rng(1)
    for number in range(count):
        inside = folder / f"{number // 100:03}"
        inside.mkdir(parents=True, exist_ok=True)
        pixels = noise.integers(0, 255, (16, 16, 3), dtype=np.uint8)
        Picture.fromarray(pixels).save(inside / f"{number:06}.png", compress_level=1)
    return folder


if __name__ == "__main__":
    main()
