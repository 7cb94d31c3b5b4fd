"""Bringing a version and its originals to the machine that trains on it."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.projects.models.job import JobFailure
from labelapp.versions.models.version import DESCRIPTION, MANIFEST, Version

ORIGINALS = "originals"
DOWNLOADS_AT_ONCE = 8


def materialise(version: Version, cache: Path) -> tuple[Path, Path]:
    try:
        return Path(default_storage.path(version.folder)), Path(default_storage.path(ORIGINALS))
    except NotImplementedError:
        return download(version, cache)


def download(version: Version, cache: Path) -> tuple[Path, Path]:
    folder, originals = cache / "versions" / version.hash, cache / ORIGINALS
    for name in (MANIFEST, DESCRIPTION):
        fetch(f"{version.folder}/{name}", folder / name)
    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        for digests in digests_in(folder / MANIFEST):
            list(pool.map(lambda digest: fetch_original(digest, originals), digests))
    return folder, originals


def digests_in(manifest: Path) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(manifest)
    for batch in file.iter_batches(batch_size=1000, columns=["sha256"]):
        yield batch.column(0).to_pylist()


def fetch_original(digest: str, folder: Path) -> None:
    fetch(f"{ORIGINALS}/{digest[:2]}/{digest}", folder / digest[:2] / digest, digest)


def fetch(name: str, target: Path, digest: str = "") -> None:
    """Download unless it is there. Others may do the same at the same time: the rename decides, contents are equal.

    Raises:
        JobFailure: what came is not what was stored.
    """
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    hasher = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".download-", delete=False) as partial:
        try:
            with default_storage.open(name) as source:
                for chunk in source.chunks():
                    hasher.update(chunk)
                    partial.write(chunk)
            if digest and hasher.hexdigest() != digest:
                raise JobFailure(_("The stored file {name} is damaged. Restore it from a backup.").format(name=name))
            partial.close()
            os.replace(partial.name, target)  # noqa: PTH105
        except BaseException:
            Path(partial.name).unlink(missing_ok=True)
            raise
