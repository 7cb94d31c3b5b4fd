"""What a short trial finds out about this machine: whether XLA pays, and how many threads should read.

XLA makes one network on a CPU nearly three times slower and the next one faster; nobody can tell without trying.
"""

import gc
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import keras

from training.engine import environment
from training.engine.atomic import write_json
from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData
from training.engine.events import EventList, Events
from training.engine.loop.speed import seconds_a_step
from training.engine.loop.stages import Stage, Stages
from training.engine.spec import ResolvedSpec
from training.engine.tasks.task import Task
from training.engine.zoo.build import build

WORTH_STEPS = 1500  # a shorter run ends before the trial has paid
WORTH_SECONDS = 300.0  # of training, for XLA to be tried: compiling takes up to a minute
_THREADS = (1, 2, 4, 8)
_SECONDS = 3.0
_MOST_STEPS = 20
_GAIN = 0.97  # less than three percent is noise


@dataclass(frozen=True)
class Settings:
    """How this machine is used, where it makes no difference to what is learnt (XLA: hardly any).

    Args:
        xla: whether steps are compiled with XLA.
        workers: reader threads.
    """

    xla: bool
    workers: int


def best(
    plan: ResolvedSpec,
    task: Task,
    frame: Frame,
    splits: dict[str, SplitData],
    cache: Path,
    first: Settings,
    events: Events,
) -> Settings:
    """Returns the settings that a plan leaves open as they were found best on this machine, trying them if need be.

    Seeds are to be set anew afterwards.

    Args:
        plan: of the run.
        task: what is learnt.
        frame: the size of the input.
        splits: the images.
        cache: folder of decoded images, beside which answers are remembered.
        first: what is taken where nothing is open, or the run is too short for a trial.
        events: for a word on what was found.
    """
    steps = plan.epochs * -(-len(splits["train"]) // min(plan.batch_size, len(splits["train"])))
    frozen = plan.freeze_epochs == plan.epochs  # learns in no time from features computed once, as a rule
    xla_open = plan.xla == "auto" and keras.config.backend() == "tensorflow"
    if steps < WORTH_STEPS or frozen or plan.deterministic or not (xla_open or plan.workers is None):
        return first
    file = cache / "trials" / f"{_fingerprint(plan, frame)}.json"
    found = _remembered(file)
    if found is None:
        events.emit("status", status="preparing", message="Trying how this machine is used best", progress=None)
        found, sentence = _Trial(plan, task, frame, splits, first).made(xla_open, steps)
        write_json(file, {**asdict(found), "key": _key(plan, frame), "found": sentence})
        events.emit("log", level="info", message=sentence)
    else:
        events.emit("log", level="info", message=f"As tried here before: {_words(found)}.")
    return Settings(found.xla if xla_open else first.xla, plan.workers or found.workers)


class _Trial:
    """Trains throw-away models for a few steps each."""

    def __init__(
        self, plan: ResolvedSpec, task: Task, frame: Frame, splits: dict[str, SplitData], first: Settings
    ) -> None:
        self._plan = plan
        self._task = task
        self._frame = frame
        self._splits = splits
        self._first = first

    def made(self, xla_open: bool, steps: int) -> tuple[Settings, str]:
        """Returns what is best and a sentence on what was found."""
        stage = self._stage(self._first)
        took = {self._first: seconds_a_step(stage, _SECONDS, _MOST_STEPS)}
        for threads in _threads() if self._plan.workers is None else ():
            settings = replace(self._first, workers=threads)
            if settings not in took:
                took[settings] = seconds_a_step(stage.read_by(threads), _SECONDS, _MOST_STEPS)
        chosen = self._better(took)
        told = ""
        if xla_open and steps * took[chosen] > WORTH_SECONDS:
            other = replace(chosen, xla=not chosen.xla)
            try:
                took[other] = seconds_a_step(self._stage(other), _SECONDS, _MOST_STEPS)
            except Exception as error:  # XLA knows fewer operations than the networks of others use
                told = f" With XLA {'on' if other.xla else 'off'} it failed: {str(error).splitlines()[0][:200]}."
            chosen = self._better(took)
        keras.utils.clear_session(free_memory=True)
        gc.collect()
        times = "; ".join(f"{_words(each)} {seconds * 1000:.0f} ms" for each, seconds in took.items())
        return chosen, f"Tried on this machine, a step each: {times}. Taken: {_words(chosen)}.{told}"

    def _better(self, took: Mapping[Settings, float]) -> Settings:
        """Returns the fastest; what is the default anyway, where the gain is none."""
        fastest = min(took, key=lambda settings: took[settings])
        return fastest if took[fastest] < _GAIN * took[self._first] else self._first

    def _stage(self, settings: Settings) -> Stage:
        model = build(self._plan.preset, self._task, self._frame, self._plan.dropout)
        quiet = EventList()
        stages = Stages(self._plan, self._task, model, self._splits, settings.workers, settings.xla, quiet)
        return stages.stage_of(self._plan.epochs - 1)


def _threads() -> list[int]:
    cores = environment.worker_threads(None)
    return [threads for threads in _THREADS if threads <= cores]


def _key(plan: ResolvedSpec, frame: Frame) -> dict[str, Any]:
    """Returns all that the answer may depend on."""
    names = ("preset", "task", "batch_size", "optimizer", "mixed_precision", "augmentation", "xla", "workers")
    described = environment.describe()
    return {
        **{name: value for name, value in plan.model_dump(mode="json").items() if name in names},
        "frame": list(frame),
        "device": environment.device_name(),
        "cores": environment.worker_threads(None),
        "host_cores": os.cpu_count(),
        "backend": described["backend"],
        "packages": described["packages"],
    }


def _fingerprint(plan: ResolvedSpec, frame: Frame) -> str:
    return hashlib.sha256(json.dumps(_key(plan, frame), sort_keys=True).encode()).hexdigest()[:24]


def _remembered(file: Path) -> Settings | None:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return Settings(bool(stored["xla"]), int(stored["workers"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not tried yet, or not to be read: tried again


def _words(settings: Settings) -> str:
    threads = "1 reader thread" if settings.workers == 1 else f"{settings.workers} reader threads"
    return f"XLA {'on' if settings.xla else 'off'}, {threads}"
