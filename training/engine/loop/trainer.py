"""Epoch after epoch, with checkpoints, verdicts and events."""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training.engine.atomic import write_text
from training.engine.callbacks.early_stopping import EarlyStopping
from training.engine.callbacks.sample_reporter import SampleReporter
from training.engine.callbacks.step_reporter import StepReporter
from training.engine.callbacks.tensorboard import TensorBoard
from training.engine.data.features import Features
from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData
from training.engine.errors import EngineError
from training.engine.events import Events, finite
from training.engine.loop.averaging import averaged
from training.engine.loop.checkpoint import CheckpointFolder
from training.engine.loop.gathering import Gathering
from training.engine.loop.inference import batches
from training.engine.loop.progress import Progress
from training.engine.loop.stages import Stage, Stages
from training.engine.spec import ResolvedSpec
from training.engine.tasks.task import Task


class Trainer:
    """Trains one model to the end of its epochs, an early stop, or a request to stop.

    Args:
        spec: of the run.
        task: what is learnt.
        model: the whole model; has the last weights afterwards.
        splits: the images.
        stages: what learns when.
        checkpoints: where states are kept.
        output: the result folder, for `history.jsonl`.
        events: where events go.
        should_stop: asked after every step.
    """

    def __init__(
        self,
        spec: ResolvedSpec,
        task: Task,
        model: keras.Model,
        splits: dict[str, SplitData],
        stages: Stages,
        checkpoints: CheckpointFolder,
        output: Path,
        events: Events,
        should_stop: Callable[[], bool],
    ) -> None:
        self._spec = spec
        self._task = task
        self._model = model
        self._train = splits["train"]
        self._validation = splits["validation"]
        self._stages = stages
        self._checkpoints = checkpoints
        self._output = output
        self._events = events
        self._should_stop = should_stop
        shown = splits["validation"] if len(splits["validation"]) else splits["train"]
        self._samples = SampleReporter(task, shown, spec.seed, events)
        self._reporter = StepReporter(events, spec.epochs, stages.steps)

    def run(self, progress: Progress) -> str:
        """Trains from where `progress` is, and keeps it up to date.

        Returns:
            `completed` or `stopped`.

        Raises:
            EngineError: `diverged`.
        """
        self._board = TensorBoard(self._output / "tensorboard", progress.history)
        judge = EarlyStopping(self._monitor(), self._spec.early_stopping, progress)
        resumed_at = progress.epoch
        if resumed_at:
            self._checkpoints.restore(self._model, None)
            # Whoever listened may have died after the checkpoint was written, before it noted the epoch.
            self._events.emit("history", epochs=progress.history)
        stage: Stage | None = None
        while progress.epoch < self._spec.epochs and not judge.stops:
            epoch = progress.epoch
            if stage is None or epoch >= stage.end:
                stage = self._stages.stage_of(epoch)
                if epoch == resumed_at and epoch > stage.first:
                    self._checkpoints.restore(self._model, stage.model.optimizer)
            if not self._epoch(stage, epoch, progress, judge):
                return "stopped"
        return "completed"

    def _monitor(self) -> str:
        if not len(self._validation):
            return "loss"
        return self._task.monitor if self._spec.monitor == "auto" else self._spec.monitor

    def _epoch(self, stage: Stage, epoch: int, progress: Progress, judge: EarlyStopping) -> bool:
        """Trains and judges one epoch; returns False when it was cut short by a request to stop."""
        start = time.monotonic()
        stage.stepper.start_epoch()
        done = 0
        for batch in stage.feed.epoch(epoch):
            if done == stage.feed.steps - stage.accumulation:  # one step of the weights is still to come
                stage.statistics.begin()
            stage.stepper.step(batch)
            done += 1
            if self._reporter.due:
                self._report(stage, epoch, done, done * stage.feed.batch_size / (time.monotonic() - start))
            if self._should_stop():
                break
        metrics = self._finite(stage.stepper.metrics())
        stage.stepper.end_epoch()
        if done < stage.feed.steps:
            if not progress.best_epoch:  # the weights of a cut-off first epoch are the best there are
                with averaged(stage.model):
                    self._checkpoints.save_best(self._model)
            return False
        speed = done * stage.feed.batch_size / (time.monotonic() - start)
        statistics = stage.statistics.end()
        with averaged(stage.model):
            validated, found = self._validate(stage)
        metrics |= validated
        progress.epoch = epoch + 1
        progress.train_seconds += time.monotonic() - start
        self._samples.report(progress.epoch, found)
        self._conclude(stage, metrics, statistics, speed, time.monotonic() - start, progress, judge)
        return True

    def _report(self, stage: Stage, epoch: int, done: int, speed: float) -> None:
        metrics = self._finite(stage.stepper.metrics())
        self._reporter.send(epoch + 1, done, _rounded(metrics), stage.rate(epoch, done - 1), speed)

    def _finite(self, metrics: dict[str, float]) -> dict[str, float]:
        if not math.isfinite(metrics["loss"]):
            raise EngineError(
                "diverged",
                "The loss is no longer a number: the training has diverged.",
                f"Use a lower learning rate than {self._spec.learning_rate:g}, or a longer warm-up.",
            )
        return metrics

    def _validate(self, stage: Stage) -> tuple[dict[str, float], np.ndarray]:
        """Returns the figures of the validation images, and what is found on the samples."""
        if stage.validation is None:
            return {}, self._on_samples(stage)
        samples, loss = stage.validation, 0.0
        gathering = self._gathering(self._validation)
        for indices, (logits, outputs) in batches(stage.judge, samples.inputs, self._spec.batch_size):
            wanted = samples.encode(samples.targets[indices])
            loss += len(indices) * float(keras.ops.convert_to_numpy(self._task.loss(self._spec)(wanted, logits)))
            gathering.add(outputs)
        found = gathering.found
        scores = {"loss": loss / len(samples), **self._task.scores(self._validation.judged, found)}
        return {f"val_{name}": value for name, value in scores.items()}, found[self._samples.chosen]

    def _on_samples(self, stage: Stage) -> np.ndarray:
        """Returns what is found on the samples where no validation has looked at them: they are of the training."""
        shown = self._train.only(self._samples.chosen)
        inputs = Features(stage.feed.samples.inputs.take(self._train.places(self._samples.chosen)))
        gathering = self._gathering(shown)
        for _indices, (_logits, outputs) in batches(stage.judge, inputs, self._spec.batch_size):
            gathering.add(outputs)
        return gathering.found

    def _gathering(self, data: SplitData) -> Gathering:
        return Gathering(self._task, data, Frame(*self._model.input_shape[1:3]))

    def _conclude(
        self,
        stage: Stage,
        metrics: dict[str, float],
        statistics: list[dict[str, Any]],
        speed: float,
        seconds: float,
        progress: Progress,
        judge: EarlyStopping,
    ) -> None:
        """Announces an epoch and keeps its state.

        The event goes out before the checkpoint: a kill in between repeats the epoch, and its event, with the same
        figures; the other way round the event would be lost.
        """
        best = judge.judge(progress.epoch, metrics)
        entry = {
            "epoch": progress.epoch,
            "epochs": self._spec.epochs,
            "time": round(time.time(), 3),
            "metrics": _rounded(metrics),
            "learning_rate": stage.rate(progress.epoch - 1, stage.feed.steps - 1),
            "seconds": round(seconds, 3),
            "images_per_second": round(speed, 1),
            "statistics": statistics,
            "best": best,
        }
        progress.history.append(finite(entry))
        self._board.add(progress.history[-1])
        self._events.emit("epoch", **entry)
        if best:
            with averaged(stage.model):
                self._checkpoints.save_best(self._model)
            self._events.emit("checkpoint", epoch=progress.epoch, kind="best", path=str(self._checkpoints.best))
        self._checkpoints.save_last(self._model, stage.model.optimizer, progress)
        self._events.emit("checkpoint", epoch=progress.epoch, kind="last", path=str(self._checkpoints.last))
        lines = [json.dumps(item) + "\n" for item in progress.history]
        write_text(self._output / "history.jsonl", "".join(lines))


def _rounded(metrics: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in metrics.items()}
