"""A cast of version folders made from scikit-learn's handwritten digits, and small trainings on them."""

import functools
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_digits

from benchmarks.version_folder import Item, write_version
from training.engine.events import EventList
from training.engine.spec import RunSpec

ROOT = Path(__file__).parents[2]
QUIET = {"enabled": False}


@pytest.fixture(autouse=True)
def folders_of_this_test():
    """The engine knows no settings of the site."""


@pytest.fixture(scope="session")
def digit_files(tmp_path_factory) -> dict[str, list[Path]]:
    """PNG files of the digits 0 to 3, by class."""
    digits = load_digits(n_class=4)
    folder = tmp_path_factory.mktemp("digits")
    files: dict[str, list[Path]] = {}
    for number, (image, label) in enumerate(zip(digits.images, digits.target, strict=True)):
        path = folder / f"{label}-{number:04d}.png"
        cv2.imwrite(str(path), (image * 15.9).astype(np.uint8))
        files.setdefault(str(label), []).append(path)
    return files


@pytest.fixture(scope="session")
def digits(digit_files) -> Callable[[int], list[Item]]:
    """Takes so many images of each class."""
    return lambda count: [Item(path, [name]) for name, paths in digit_files.items() for path in paths[:count]]


@pytest.fixture(scope="session")
def version(digits, tmp_path_factory) -> Path:
    """A version of 240 digits in four classes, split 60/20/20."""
    ratios = {"train": 0.6, "validation": 0.2, "test": 0.2}
    return write_version(tmp_path_factory.mktemp("version") / "digits", digits(60), ratios=ratios)


def scene(rng: np.random.Generator, digits: dict[str, list[Path]], shape: str) -> tuple[np.ndarray, list]:
    """A grey picture of 96 x 64 pixels with one to three digits in it, and a shape around each."""
    picture = rng.integers(0, 40, (64, 96), np.uint8)
    shapes = []
    for column in rng.permutation(3)[: rng.integers(1, 4)]:
        name = str(rng.integers(0, 4))
        size = int(rng.integers(18, 29))
        digit = cv2.resize(cv2.imread(str(rng.choice(digits[name])), cv2.IMREAD_GRAYSCALE), (size, size))
        x, y = int(column * 32 + rng.integers(0, 32 - size)), int(rng.integers(0, 64 - size))
        np.maximum(picture[y : y + size, x : x + size], digit, out=picture[y : y + size, x : x + size])
        if shape == "box":
            shapes.append((name, "box", {"box": [x, y, size, size]}))
        else:
            ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size]]
            shapes.append((name, "polygon", {"rings": [ring]}))
    return picture, shapes


@pytest.fixture(scope="session")
def scenes(digit_files, tmp_path_factory) -> Callable[[str], Path]:
    """A version of 60 pictures with digits somewhere in them: inside boxes, or as polygons."""

    @functools.cache
    def make(shape: str) -> Path:
        folder, rng = tmp_path_factory.mktemp(shape), np.random.default_rng(5)
        items = []
        for number in range(60):
            picture, shapes = scene(rng, digit_files, shape)
            cv2.imwrite(str(folder / f"{number:02}.png"), picture)
            split = ("train", "train", "train", "validation", "test")[number % 5]
            items.append(Item(folder / f"{number:02}.png", (), split, shapes))
        return write_version(folder / "version", items, kind="any")

    return make


@pytest.fixture
def freeze(tmp_path) -> Callable[..., Path]:
    """Makes a version folder of its own for a test."""

    def make(items: Sequence[Item], name: str = "own", **options: Any) -> Path:
        return write_version(tmp_path / name, items, **options)

    return make


def tiny(**fields: Any) -> RunSpec:
    """A spec that trains in a second or two."""
    spec = {"image_size": 16, "epochs": 4, "batch_size": 16, "warmup_epochs": 0, "augmentation": QUIET, "workers": 2}
    return RunSpec.model_validate({**spec, **fields})


class TrainedRun:
    """A finished training: its result, its events and its folder."""

    def __init__(self, spec: RunSpec, version_folder: Path, output: Path, **options: Any) -> None:
        from training.engine.train import train

        self.folder = output
        self.events = EventList()
        self.result = train(spec, version_folder, output, self.events, **options)

    def json(self, name: str) -> dict[str, Any]:
        return json.loads((self.folder / name).read_text())


@pytest.fixture(scope="session")
def trained(version, tmp_path_factory) -> TrainedRun:
    """A compact CNN trained on the digits."""
    return TrainedRun(tiny(epochs=6), version, tmp_path_factory.mktemp("run") / "result")


@pytest.fixture
def run(tmp_path) -> Callable[..., TrainedRun]:
    """Trains in this process."""
    return lambda spec, version_folder, **options: TrainedRun(spec, version_folder, tmp_path / "result", **options)


class Engine:
    """The engine's command line as a child process."""

    def __init__(self, *arguments: Any, stdin: int | None = subprocess.DEVNULL) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "training.engine", *map(str, arguments)],
            cwd=ROOT,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Reads events until one is wanted, and returns it."""
        assert self.process.stdout
        for line in self.process.stdout:
            event = json.loads(line)
            if wanted(event):
                return event
        raise AssertionError(f"The engine ended with {self.process.wait()} and without the event.")

    def finish(self, timeout: float = 90) -> list[dict[str, Any]]:
        """Waits for the end and returns the lines not yet read."""
        out, _ = self.process.communicate(timeout=timeout)
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def engine():
    """Starts child processes and ends them with the test."""
    started: list[Engine] = []

    def start(*arguments: Any, **options: Any) -> Engine:
        started.append(Engine(*arguments, **options))
        return started[-1]

    yield start
    for item in started:
        item.process.kill()
        item.process.wait()
        assert item.process.stdout
        item.process.stdout.close()


@pytest.fixture
def spec_file(tmp_path) -> Callable[..., Path]:
    """Writes a spec to a file."""

    def write(spec: RunSpec) -> Path:
        path = tmp_path / "spec.json"
        path.write_text(spec.model_dump_json())
        return path

    return write
