"""A cache of decoded, upright, resized images in memory-mapped shards, shared between runs."""

import os
import time
import uuid
from collections.abc import Callable, Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from training.engine.atomic import replacing, write_text
from training.engine.data.decode import DecodeError, decode
from training.engine.data.pixels import Pixels
from training.engine.data.windows import Viewer, Window

# Part of every key: raise it whenever the same file would give other pixels.
PIXELS_VERSION = 1
SHARD_BYTES = 64 * 2**20
SHARD_IMAGES = 256
MAX_BYTES = 20 * 2**30
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True)
class Source:
    """One image file, or what is seen of it through a window: its SHA-256 and where it lies."""

    sha256: str
    path: Path
    window: Window | None = None

    @property
    def key(self) -> str:
        """What its pixels are found by."""
        return f"{self.sha256}@{','.join(map(str, self.window))}" if self.window else self.sha256


@dataclass
class CacheResult:
    """What came out of the cache.

    Args:
        pixels: the readable images, in the order asked for.
        kept: positions of those images in the list asked for.
        failed: position of each unreadable image, and why.
        decoded: images that were not cached yet.
    """

    pixels: Pixels
    kept: np.ndarray
    failed: dict[int, str] = field(default_factory=dict)
    decoded: int = 0


class PixelCache:
    """Shards of pixels on disk, by content and preprocessing.

    A shard is `<id>.npy` with its list of keys, `<id>.txt`, written last and by renaming: a shard counts once
    its list is there, so a kill leaves nothing half-done, and parallel writers never touch each other's files.

    Args:
        folder: shared by all runs of a machine.
        viewer: lays images, or what is seen of them, on a frame.
        max_bytes: shards unused for longest are removed beyond this; those of the current run always stay.
    """

    def __init__(self, folder: Path, viewer: Viewer, max_bytes: int = MAX_BYTES) -> None:
        frame = viewer.frame
        self._root = folder
        self._folder = folder / f"{viewer.laid}-{frame.width}x{frame.height}-v{PIXELS_VERSION}"
        self._viewer = viewer
        self._bytes_each = frame.width * frame.height * 3
        self._max_bytes = max_bytes
        self._seen: set[str] = set()
        self._used: set[str] = set()
        self._opened: list[np.ndarray] = []
        self._where: dict[str, tuple[int, int]] = {}

    def read(
        self,
        sources: Sequence[Source],
        workers: int = 2,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> CacheResult:
        """Returns the pixels of images, decoding those that are not cached yet.

        Args:
            sources: image files, in the order wanted.
            workers: threads that decode.
            progress: called with the images done and those to decode in all.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        wanted = {source.key: source for source in sources}
        self._find(wanted)
        missing = [source for source in wanted.values() if source.key not in self._where]
        reasons: dict[str, str] = {}
        decoded = 0
        chunk = max(1, min(SHARD_BYTES // self._bytes_each, SHARD_IMAGES))
        with ThreadPoolExecutor(max(1, workers), thread_name_prefix="decode") as pool:
            for start in range(0, len(missing), chunk):
                # Another run may have written some of these in the meantime.
                self._find(wanted)
                todo = [source for source in missing[start : start + chunk] if source.key not in self._where]
                reasons |= self._write_shard(todo, pool)
                progress(min(start + chunk, len(missing)), len(missing))
                decoded += len(todo)
        self._find(wanted)
        self._evict()
        kept = [index for index, source in enumerate(sources) if source.key in self._where]
        return CacheResult(
            Pixels(self._opened, np.array([self._where[sources[index].key] for index in kept]).reshape(-1, 2)),
            np.array(kept, np.int64),
            {index: reasons[source.key] for index, source in enumerate(sources) if source.key in reasons},
            decoded,
        )

    def missing(self, sources: Sequence[Source]) -> int:
        """Returns how many of these images would have to be decoded."""
        wanted = {source.key: source for source in sources}
        self._find(wanted)
        return len(wanted.keys() - self._where.keys())

    def _find(self, wanted: Container[str]) -> None:
        """Opens the shards that hold wanted images and were not looked at yet."""
        for path in self._folder.glob("*.txt"):
            if path.stem in self._seen:
                continue
            self._seen.add(path.stem)
            try:
                rows = [(key, row) for row, key in enumerate(path.read_text(encoding="utf-8").split())]
                rows = [(key, row) for key, row in rows if key in wanted and key not in self._where]
                if not rows:
                    continue
                shard = np.load(path.with_suffix(".npy"), mmap_mode="r")
                os.utime(path.with_suffix(".npy"))
            except FileNotFoundError:  # another run has just evicted it
                continue
            self._used.add(path.stem)
            self._opened.append(shard)
            self._where.update({key: (len(self._opened) - 1, row) for key, row in rows})

    def _write_shard(self, sources: Sequence[Source], pool: ThreadPoolExecutor) -> dict[str, str]:
        """Decodes images into one new shard; returns the reason for each that cannot be read."""
        images: list[np.ndarray] = []
        keys: list[str] = []
        reasons: dict[str, str] = {}
        files = [list(each) for _path, each in groupby(sources, lambda source: source.path)]
        for group, made in zip(files, pool.map(self._prepare, files), strict=True):
            if isinstance(made, DecodeError):
                reasons |= {source.key: str(made) for source in group}
            else:
                images += made
                keys += [source.key for source in group]
        if images:
            name = uuid.uuid4().hex
            with replacing(self._folder / f"{name}.npy") as part:
                np.save(part, np.stack(images))
            write_text(self._folder / f"{name}.txt", "\n".join(keys))
        return reasons

    def _prepare(self, group: Sequence[Source]) -> list[np.ndarray] | DecodeError:
        """Returns what is wanted of one file, on the frame."""
        try:
            decoded = decode(group[0].path, self._viewer.enough)
            whole = Window(0, 0, decoded.shape[1], decoded.shape[0])
            return [self._viewer.pixels(decoded, source.window or whole) for source in group]
        except DecodeError as error:
            return error

    def _evict(self) -> None:
        """Removes what no run has used for longest while the cache is too large, and what killed runs left."""
        now = time.time()
        shards: list[tuple[float, int, Path]] = []
        for path in self._root.glob("*/*.npy"):
            try:
                state = path.stat()
            except FileNotFoundError:
                continue
            listed = path.with_suffix(".txt").exists()
            if not listed and now - state.st_mtime > _ABANDONED_SECONDS:
                path.unlink(missing_ok=True)
            elif listed:
                shards.append((state.st_mtime, state.st_size, path))
        total = sum(size for _, size, _ in shards)
        for _, size, path in sorted(shards):
            if total <= self._max_bytes:
                break
            if path.parent == self._folder and path.stem in self._used:
                continue
            path.with_suffix(".txt").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            total -= size
