"""Labelling one image after the other in a real Chromium: how soon the next one is there, and whether memory grows.

    python -m benchmarks.canvas_steps [--images 500] [--shapes 100]

Pictures of 2 megapixels, each with so many shapes of all kinds; a shape is moved on every tenth. Time is from the key
to the frame in which the next picture is shown. Memory is the page's after garbage was collected, at the first tenth
and at the end; shared memory and pictures that are decoded count in ``process_mb``, what the browser's processes hold.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.canvas_gestures import line
from benchmarks.canvas_shapes import COLORS, shape
from benchmarks.gallery_browser import ARGUMENTS, CHROMIUM, STATE, opened, p95
from benchmarks.many_images import session_of
from benchmarks.postgres import free_port
from benchmarks.web import ROOT, web_process

WIDTH, HEIGHT = 1600, 1200
SCALE = 0.4  # of the shapes of the 12 megapixels
SECONDS_TO_LOOK = 0.15  # a fast hand; the page reads ahead meanwhile
DIFFERENT = 20


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--images", type=int, default=500)
    given.add_argument("--shapes", type=int, default=100)
    given.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    chosen = given.parse_args()
    if chosen.fill:
        fill(chosen.images, chosen.shapes)
        return
    with tempfile.TemporaryDirectory(prefix="bench-steps-") as folder:
        environment = os.environ | {
            "LABELAPP_DATA_DIR": folder, "LABELAPP_PORT": str(free_port()), "LABELAPP_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        command = [sys.executable, "-m", "benchmarks.canvas_steps", "--fill", "--images", str(chosen.images)]
        command += ["--shapes", str(chosen.shapes)]
        filled = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)
        with web_process(environment) as web, sync_playwright() as playwright:
            path = next(each for each in CHROMIUM if Path(each).exists())
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            address = f"/projects/{filled['project']}/label/?order=id&image={filled['first']}"
            step_through(opened(browser, web.port, filled, address), chosen.images)
            browser.close()


def step_through(page: Page, images: int) -> None:
    page.locator("[data-stage] img").first.wait_for()
    page.wait_for_timeout(2000)
    early, early_process = {}, 0.0
    for step in range(1, images):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1000 * SECONDS_TO_LOOK)
        if not step % 10:
            page.locator("[data-object]").first.click()
            page.keyboard.press("Alt+ArrowRight")
            page.keyboard.press("Escape")
        if step == images // 10:
            early, early_process = page.evaluate(STATE), held_mb()
    late, late_process = page.evaluate(STATE), held_mb()
    times = page.evaluate("performance.getEntriesByName('label-image-shown').map((each) => each.duration)")
    line("canvas/next image", p95(times), against="100 ms", p50_ms=statistics.median(times), steps=len(times))
    for name, after, before in (
        ("heap", late["heap_mb"], early["heap_mb"]), ("elements", late["elements"], early["elements"]),
        ("process", late_process, early_process),
    ):  # fmt: skip
        line(f"canvas/{name} after {images} images", after / before, unit="ratio", after=after, before=before)


def held_mb() -> float:
    """Memory that the browser's processes have for themselves (proportional set size)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/smaps_rollup"):
        try:
            if b"chrom" not in (status.parent / "comm").read_bytes():
                continue
            total += next(int(row.split()[1]) for row in status.read_text().splitlines() if row.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1000


def fill(images: int, shapes: int) -> None:
    import random

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from django.utils import timezone

    from labelapp.accounts.models import User
    from labelapp.annotations.models import Annotation
    from labelapp.images.models import Image
    from labelapp.projects.models import LabelClass, Project

    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("steps", password="correct horse battery")
    project = Project.objects.start(owner, name="Steps", kind="detection")
    classes = [LabelClass.objects.add(project, f"class {place}", color=color) for place, color in enumerate(COLORS)]
    pictures = [picture(seed) for seed in range(DIFFERENT)]
    added = []
    for number in range(images):
        content = pictures[number % DIFFERENT] + number.to_bytes(
            4, "big"
        )  # after the end: another file, the same picture
        added.append(Image.objects.add(project, owner, f"{number:04}.jpg", ContentFile(content, f"{number:04}.jpg")).id)
        draw, now = random.Random(number), timezone.now()
        kept = {"image_id": added[-1], "created_by": owner, "created_at": now, "updated_at": now}
        rows = [smaller(shape(draw)) for _each in range(shapes)]
        Annotation.objects.bulk_create(
            [Annotation(label_class=draw.choice(classes), **row, **kept) for row in rows], batch_size=1000
        )
    print(json.dumps({"project": project.pk, "session": session_of(owner), "first": added[0]}))


def smaller(row: dict) -> dict:
    def scaled(value):
        return [scaled(each) for each in value] if isinstance(value, list) else value * SCALE

    angle = row["geometry"].get("angle")
    geometry = {name: scaled(value) for name, value in row["geometry"].items() if name != "angle"}
    return row | {"id": uuid.uuid4(), "geometry": geometry if angle is None else geometry | {"angle": angle}}


def picture(seed: int) -> bytes:
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(seed).integers(0, 200, (HEIGHT // 20, WIDTH // 20, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(file, "JPEG", quality=88)
    return file.getvalue()


if __name__ == "__main__":
    main()
