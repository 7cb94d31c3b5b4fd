"""Send every file of a folder to the running site, one request each, and note what became of it.

``python -m tests.hostile.corpus FOLDER`` prints a table: outcomes, reasons, the slowest, memory, and every difference
from the folder's ``index.csv`` (what Pillow makes of each file).
"""

import csv
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from labelapp.images.decoding import CONTENT_TYPES
from tests.site import RunningSite

NOTES = ("index.csv", "SOURCE.txt")


@dataclass(frozen=True)
class Sent:
    file: Path
    status: str
    reason: str
    seconds: float
    image: dict | None
    expected: dict | None  # the row of index.csv

    @property
    def difference(self) -> str:
        """In what the site disagrees with the index; empty where it does not."""
        row, image = self.expected, self.image
        if row is None or (row["format"] not in CONTENT_TYPES and image is None):
            return ""
        if row["result"] != "loads":
            return f"added, though the index says: {row['message']}" if image else ""
        if image is None:
            return f"refused ({self.reason}), though the index says that it loads as {row['format']} {row['mode']}"
        size = (int(row["width"]), int(row["height"]))
        orientation = int(row["exif_orientation"]) if row["exif_orientation"].isdecimal() else 1
        # Pillow, which wrote the index, turns TIFF files while it loads them.
        upright = size[::-1] if orientation >= 5 and row["format"] != "TIFF" else size
        if (image["width"], image["height"]) != upright:
            return f"{image['width']} x {image['height']} instead of {upright[0]} x {upright[1]}"
        return ""


class Corpus:
    def __init__(self, site: RunningSite):
        self.site = site
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Token {site.token}"
        self.project = self.http.post(f"{site.address}/api/projects/", json={"name": "Hostile files"}).json()["id"]

    def send_folder(self, folder: Path) -> list[Sent]:
        index = read_index(folder / "index.csv")
        files = sorted(
            path for path in folder.rglob("*") if path.is_file() and path.name not in ("index.csv", "SOURCE.txt")
        )
        return [self.send(path, index.get(str(path.relative_to(folder)))) for path in files]

    def send(self, path: Path, expected: dict | None = None) -> Sent:
        result, seconds = self.upload(path.name, path.read_bytes())
        image = self.http.get(f"{self.site.address}/api/images/{result['id']}/").json() if result["id"] else None
        if image:
            thumbnail = self.http.get(self.site.address + image["thumbnail"])
            assert thumbnail.status_code == 200, path
        return Sent(path, result["status"], result["reason"], seconds, image, expected)

    def upload(self, name: str, content: bytes) -> tuple[dict, float]:
        began = time.monotonic()
        answer = self.http.post(
            f"{self.site.address}/api/projects/{self.project}/images/", files=[("files", (name, content))], timeout=120
        )
        assert answer.status_code == 200, (name, answer.status_code, answer.text[:500])
        (result,) = answer.json()["results"]
        return result, time.monotonic() - began


def read_index(path: Path) -> dict[str, dict]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def peak_megabytes(site: RunningSite, pattern: str) -> list[int]:
    """Largest resident memory so far of the site's processes with such a command line (Linux)."""
    found = []
    for process in psutil.Process(site.supervisor.pid).children(recursive=True):
        if pattern in " ".join(process.cmdline()):
            status = Path(f"/proc/{process.pid}/status").read_text()
            found.append(int(status.split("VmHWM:")[1].split()[0]) // 1024)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as data_dir:
        site = RunningSite(Path(data_dir)).start()
        try:
            corpus = Corpus(site)
            for folder in map(Path, sys.argv[1:]):
                report(folder.name, corpus.send_folder(folder))
            for name, pattern in (("web", "labelapp.serve.web"), ("decoders", "decoder.child")):
                print(f"peak memory of {name}: {peak_megabytes(site, pattern)} MB")
        finally:
            site.stop()


def report(name: str, rows: list[Sent]) -> None:
    print(f"{name}: {dict(Counter(row.status for row in rows))} of {len(rows)} files")
    for reason, count in Counter(row.reason for row in rows if row.status == "refused").most_common():
        print(f"  {count:4}  {reason}")
    slowest = max(rows, key=lambda row: row.seconds)
    print(f"  slowest: {slowest.seconds:.2f} s, {slowest.file.name}")
    for row in rows:
        if row.difference:
            print(f"  {row.file.name}: {row.difference}")


if __name__ == "__main__":
    main()
