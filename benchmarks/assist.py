"""How fast the smart tools answer at 1 megapixel, through HTTP on the running site.

    python -m benchmarks.assist [answers of each]

The picture has some dozens of cells on a grainy ground. The tools that the browser has (scissors, superpixels) are run
by Node on a picture of the same size: there is no server in their way.
"""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import requests
from PIL import Image

from benchmarks.save import Client
from tests.site import RunningSite

WIDTH, HEIGHT = 1160, 864
AGAINST = "issue 5: a median under 300 ms at 1 megapixel"
ROOT = Path(__file__).resolve().parent.parent
NODE = """
import { Livewire } from "%(js)s/livewire.js";
import { slic } from "%(js)s/slic.js";
import { readFileSync } from "node:fs";
const width = %(width)s, height = %(height)s;
const picture = { width, height, data: new Uint8ClampedArray(readFileSync(process.argv[1])) };
const median = (run) => {
  const times = Array.from({ length: %(count)s }, (_each, index) => {
    const begin = performance.now();
    run(index);
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
};
const wires = [];
const click = median((index) => (wires[0] = new Livewire(picture, [300 + 20 * index, 400], picture)));
const move = median((index) => wires[0].to([350 + index, 480]));
console.log(JSON.stringify({ click, move, superpixels: median(() => slic(picture, 24)) }));
"""


def main() -> None:
    count = int([*sys.argv[1:], "25"][0])
    pixels, centers = cells()
    with tempfile.TemporaryDirectory(prefix="bench-assist-") as folder:
        site = RunningSite(Path(folder)).start()
        try:
            of_server(site, pixels, centers, count)
        finally:
            site.stop()
        of_browser(Path(folder), pixels, count)


def of_server(site: RunningSite, pixels: np.ndarray, centers: list[tuple[int, int]], count: int) -> None:
    person = {"username": site.username, "password": site.password}
    token = Client(site.port).call("POST", "/api/auth/token/", person)["token"]
    client = Client(site.port, token)
    project = client.call("POST", "/api/projects/", {"name": "Bench", "kind": "any"})["id"]
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=92)
    answer = requests.post(
        f"{site.address}/api/projects/{project}/images/", headers={"Authorization": f"Token {token}"},
        files={"files": ("cells.jpg", file.getvalue())}, timeout=60,
    )  # fmt: skip
    answer.raise_for_status()
    image = client.call("GET", f"/api/projects/{project}/images/")["results"][0]["id"]
    boxes = [[x - 34, y - 34, 68, 68] for x, y in centers]
    like = {"shape": "box", "geometry": {"box": boxes[0]}}
    for name, tool, inputs in [
        ("grabcut_cell", "grabcut", [{"box": box, "shape": "mask"} for box in boxes]),
        ("grabcut_half", "grabcut", [{"box": [200 + 9 * at, 150, 580, 430], "shape": "mask"} for at in range(20)]),
        ("colour", "colour", [like]), ("watershed", "watershed", [like]), ("template", "template", [like]),
        ("faces", "detect", [{"detector": "faces"}]), ("people", "detect", [{"detector": "people"}]),
    ]:  # fmt: skip
        seconds, found = [], 0
        for number in range(count + 1):
            body = {"tool": tool, "input": inputs[number % len(inputs)]}
            began = time.perf_counter()
            found = len(client.call("POST", f"/api/images/{image}/assist/", body)["results"])
            seconds.append(time.perf_counter() - began)
        told(name, seconds, found=found, megapixels=WIDTH * HEIGHT / 1e6)


def told(name: str, seconds: list[float], **detail: Any) -> None:
    """The first answer stands apart: a process is started for it, or a picture decoded."""
    first, *others = [each * 1000 for each in seconds]
    p95 = statistics.quantiles(others, n=20, method="inclusive")[-1]
    report(f"assist_{name}_p50", statistics.median(others), p95=p95, first=first, **detail)


def of_browser(folder: Path, pixels: np.ndarray, count: int) -> None:
    raw, script = folder / "pixels", folder / "tools.mjs"
    raw.write_bytes(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA).tobytes())
    values = {"js": ROOT / "static/js/canvas/smart", "width": WIDTH, "height": HEIGHT, "count": count}
    script.write_text(NODE.replace("process.argv[1]", "process.argv[2]") % values)
    ran = subprocess.run([ROOT / ".venv/bin/node", script, raw], capture_output=True, text=True, check=True)
    for name, value in json.loads(ran.stdout).items():
        report(f"assist_{name}_p50", value, where="browser code under Node", answers=count)


def report(name: str, value: float, **detail: Any) -> None:
    rounded = {key: round(each, 1) if isinstance(each, float) else each for key, each in detail.items()}
    line = {"name": name, "value": round(value, 1), "unit": "ms", "against": AGAINST, "detail": rounded}
    print(json.dumps(line), flush=True)


def cells() -> tuple[np.ndarray, list[tuple[int, int]]]:
    rng = np.random.default_rng(0)
    pixels = np.full((HEIGHT, WIDTH, 3), (205, 200, 190), np.uint8)
    centers = [
        (x + int(rng.integers(-12, 13)), y + int(rng.integers(-12, 13)))
        for y in range(70, HEIGHT - 50, 92)
        for x in range(70, WIDTH - 50, 96)
    ]
    for place in centers:
        cv2.circle(pixels, place, int(rng.integers(22, 30)), (178, 110, 130), -1)
        cv2.circle(pixels, place, 8, (196, 150, 160), -1)
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.5).astype(float)
    return (soft + rng.normal(0, 7, soft.shape)).clip(0, 255).astype(np.uint8), centers


if __name__ == "__main__":
    main()
