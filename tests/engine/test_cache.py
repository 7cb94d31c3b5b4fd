import hashlib
import os
import subprocess
import sys
import threading

import cv2
import numpy as np
import pytest

from tests.engine.conftest import ROOT
from training.engine.data import cache as cache_module
from training.engine.data.cache import PixelCache, Source
from training.engine.data.frame import Frame
from training.engine.data.windows import Viewer

STRETCHED = Viewer(Frame.square(8), "stretch")


@pytest.fixture
def sources(tmp_path):
    """Forty files of different content."""
    made = []
    for number in range(40):
        path = tmp_path / f"{number}.png"
        cv2.imwrite(str(path), np.full((12, 12, 3), number * 6, np.uint8))
        made.append(Source(hashlib.sha256(path.read_bytes()).hexdigest(), path))
    return made


def grey_levels(result):
    return [int(result.pixels[index][0, 0, 0]) for index in range(len(result.pixels))]


def test_pixels_come_in_the_order_asked_for(tmp_path, sources):
    wanted = [sources[5], sources[0], sources[5], sources[39]]
    assert grey_levels(PixelCache(tmp_path / "cache", STRETCHED).read(wanted)) == [30, 0, 30, 234]


def test_a_second_run_decodes_nothing(tmp_path, sources):
    assert PixelCache(tmp_path / "cache", STRETCHED).read(sources).decoded == 40
    for source in sources:
        source.path.unlink()
    again = PixelCache(tmp_path / "cache", STRETCHED).read(sources)
    assert again.decoded == 0
    assert grey_levels(again) == [number * 6 for number in range(40)]


def test_only_what_is_new_is_decoded(tmp_path, sources):
    PixelCache(tmp_path / "cache", STRETCHED).read(sources[:30])
    assert PixelCache(tmp_path / "cache", STRETCHED).read(sources).decoded == 10


@pytest.mark.parametrize(("size", "mode"), [(9, "stretch"), (8, "crop")])
def test_another_preprocessing_is_another_entry(tmp_path, sources, size, mode):
    PixelCache(tmp_path / "cache", STRETCHED).read(sources)
    assert PixelCache(tmp_path / "cache", Viewer(Frame.square(size), mode)).read(sources).decoded == 40


def test_an_unreadable_file_is_named_and_left_out(tmp_path, sources):
    sources[3].path.write_text("not an image")
    result = PixelCache(tmp_path / "cache", STRETCHED).read(sources)
    assert list(result.failed) == [3]
    assert 3 not in result.kept
    assert len(result.pixels) == 39


def test_two_writers_at_once_get_the_same_pixels(tmp_path, sources, monkeypatch):
    monkeypatch.setattr(cache_module, "SHARD_IMAGES", 4)
    results = {}

    def read(name, order):
        results[name] = PixelCache(tmp_path / "cache", STRETCHED).read(order)

    threads = [threading.Thread(target=read, args=("one", sources)),
               threading.Thread(target=read, args=("two", sources[::-1]))]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert grey_levels(results["one"]) == grey_levels(results["two"])[::-1] == [number * 6 for number in range(40)]
    assert PixelCache(tmp_path / "cache", STRETCHED).read(sources).decoded == 0


def test_a_killed_writer_leaves_nothing_half_done(tmp_path, sources):
    code = (
        "import os, sys; from pathlib import Path; from training.engine.data import cache, frame\n"
        "cache.write_text = lambda *_: os.kill(os.getpid(), 9)\n"
        "folder = Path(sys.argv[1])\n"
        "sources = [cache.Source(path.name, path) for path in folder.glob('*.png')]\n"
        "cache.PixelCache(folder / 'cache', cache.Viewer(frame.Frame.square(8), 'stretch')).read(sources)"
    )
    assert subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, check=False).returncode == -9
    assert list((tmp_path / "cache").rglob("*.npy"))
    result = PixelCache(tmp_path / "cache", STRETCHED).read(sources)
    assert result.decoded == 40
    assert grey_levels(result) == [number * 6 for number in range(40)]


def test_what_was_unused_for_longest_is_evicted_first(tmp_path, sources):
    folder = tmp_path / "cache"
    PixelCache(folder, STRETCHED).read(sources[:10])
    PixelCache(folder, STRETCHED).read(sources[10:20])
    for place, path in enumerate(sorted(folder.rglob("*.npy"), key=lambda p: p.stat().st_mtime)):
        os.utime(path, (place, place))
    one_shard = 10 * 8 * 8 * 3 + 128
    PixelCache(folder, STRETCHED, max_bytes=2 * one_shard).read(sources[20:30])
    assert PixelCache(folder, STRETCHED).read(sources[10:30]).decoded == 0
    assert PixelCache(folder, STRETCHED).read(sources[:10]).decoded == 10


def test_a_run_never_evicts_its_own_pixels(tmp_path, sources):
    result = PixelCache(tmp_path / "cache", STRETCHED, max_bytes=1).read(sources)
    assert grey_levels(result) == [number * 6 for number in range(40)]
    assert list((tmp_path / "cache").rglob("*.npy"))
