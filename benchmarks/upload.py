"""Images a second that the running site takes in, decoded and thumbnailed, and the memory of its web process.

    python -m benchmarks.upload [images]

Photographs of 640 x 480 pixels, in requests of 40, four at a time, as the upload page sends them.
"""

import json
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import requests
from PIL import Image as Picture

from tests.site import RunningSite

BATCH, AT_ONCE = 40, 4
WIDTH, HEIGHT = 640, 480
MIB = 1 << 20


def main() -> None:
    count = int(next(iter(sys.argv[1:]), "5000"))
    with tempfile.TemporaryDirectory() as folder:
        files = photographs(Path(folder) / "photographs", count)
        site = RunningSite(Path(folder) / "site").start()
        try:
            measure(site, files)
        finally:
            site.stop()


def measure(site: RunningSite, files: list[Path]) -> None:
    session = Session(site)
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    session.send(files[:1])  # decoders are started with the first file
    memory = {"start": rss(site)}
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for done, _ in enumerate(threads.map(session.send, batches), 1):
            if done == len(batches) // 2:
                memory["middle"] = rss(site)
    arrived = time.perf_counter() - began
    memory["end"] = rss(site)
    while unprepared(site):
        time.sleep(0.2)
    prepared = time.perf_counter() - began
    detail = {
        "images": len(files), "seconds_until_added": round(arrived, 1), "seconds_until_thumbnailed": round(prepared, 1),
        "added_a_second": round(len(files) / arrived, 1), "web_rss_mib": memory,
    }  # fmt: skip
    print(json.dumps({
        "name": "upload", "value": round(len(files) / prepared, 1), "unit": "images/s", "against": "", "detail": detail,
    }))  # fmt: skip


class Session:
    """A script with a token, sending into one upload of a project of its own."""

    def __init__(self, site: RunningSite):
        self.site = site
        answer = requests.post(
            f"{site.address}/api/auth/token/", json={"username": site.username, "password": site.password}, timeout=60
        )
        self.headers = {"Authorization": f"Token {answer.json()['token']}"}
        self.project = self._post("/api/projects/", json={"name": "Bench"})["id"]

    def send(self, files: list[Path]) -> None:
        parts = [("files", (file.name, file.read_bytes())) for file in files]
        results = self._post(f"/api/projects/{self.project}/images/", files=parts)["results"]
        assert {each["status"] for each in results} <= {"added", "duplicate"}, results

    def _post(self, path: str, **body):
        answer = requests.post(self.site.address + path, headers=self.headers, timeout=600, **body)
        answer.raise_for_status()
        return answer.json()


def photographs(folder: Path, count: int) -> list[Path]:
    """JPEG files of about 60 KB: a smooth picture with noise, each another one."""
    folder.mkdir(parents=True)
    noise = np.random.default_rng(0)
    ramp = np.linspace(0, 200, WIDTH, dtype=np.float32)[None, :, None] * np.ones((HEIGHT, 1, 3), np.float32)
    grain = noise.normal(0, 12, (HEIGHT, WIDTH, 3)).astype(np.float32)
    files = []
    for number in range(count):
        pixels = np.clip(ramp + np.roll(grain, number, axis=1) + number % 50, 0, 255).astype(np.uint8)
        pixels[:8, :8] = noise.integers(0, 255, (8, 8, 3))
        files.append(folder / f"{number:06}.jpg")
        Picture.fromarray(pixels).save(files[-1], quality=80)
    return files


def rss(site: RunningSite) -> int:
    (pid,) = site.pids(r"labelapp\.serve\.web")
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return round(pages * 4096 / MIB)


def unprepared(site: RunningSite) -> int:
    with sqlite3.connect(f"file:{site.data_dir}/labelapp.sqlite3?mode=ro", uri=True, timeout=30) as database:
        return database.execute("SELECT count(*) FROM images_image WHERE NOT prepared").fetchone()[0]


if __name__ == "__main__":
    main()
