"""The files that a backup holds besides the rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from labelapp.lib import stored
from labelapp.lib.disk_storage import DRAFTS

PASSING = {"health", DRAFTS, stored.HOLD.split("/")[0]}  # folders of files that live for moments


def everything() -> Iterator[tuple[str, str]]:
    """Where each file belongs (``files`` or ``weights``), and its name there."""
    for name in walk(""):
        yield "files", name
    folder = Path(settings.WEIGHTS_DIR)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            yield "weights", path.relative_to(folder).as_posix()


def walk(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if folder or name not in PASSING:
            yield from walk(f"{folder}/{name}" if folder else name)


def source(kind: str, name: str) -> IO[bytes]:
    """Raises FileNotFoundError when somebody has deleted it meanwhile."""
    return stored.reader(name) if kind == "files" else (Path(settings.WEIGHTS_DIR) / name).open("rb")


def put(kind: str, name: str, content: IO[bytes]) -> None:
    if kind == "files":
        stored.replace(name, File(content, name))
        return
    root = Path(settings.WEIGHTS_DIR).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"{name} leads out of the folder of weights")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        while chunk := content.read(1 << 20):
            file.write(chunk)


def clear() -> None:
    """Pretrained weights stay: an operator lays them there, and a backup of another day may lack them."""
    for name in list(walk("")):
        default_storage.delete(name)
