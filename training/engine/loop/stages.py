"""What learns when: the head on a frozen backbone first, then everything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import keras
import numpy as np

from training.engine.augment.company import Company
from training.engine.augment.pipeline import Pipeline
from training.engine.callbacks.step_statistics import StepStatistics
from training.engine.data.augmented import AugmentedSamples
from training.engine.data.features import Features
from training.engine.data.feed import Feed
from training.engine.data.frame import Frame
from training.engine.data.prepare import SplitData
from training.engine.data.repeats import repeat_factors
from training.engine.data.samples import Inputs, Samples
from training.engine.events import Events
from training.engine.loop.inference import outputs_of
from training.engine.loop.optimizers import build_optimizer
from training.engine.loop.stepper import Stepper
from training.engine.spec import ResolvedSpec
from training.engine.tasks.task import Task
from training.engine.zoo.build import head_of


@dataclass
class Stage:
    """Consecutive epochs in which the same weights learn.

    Args:
        first: its first epoch, counted from zero.
        end: the epoch after its last.
        model: compiled; from the feed's inputs to logits.
        judge: from the same inputs to logits and outputs.
        stepper: trains the model.
        feed: training batches.
        validation: what is judged; None without validation images.
        rates: a learning rate for each of its batches; a step has that of its last batch.
        accumulation: batches that make a step.
        statistics: watches one of its steps.
    """

    first: int
    end: int
    model: keras.Model
    judge: keras.Model
    stepper: Stepper
    feed: Feed
    validation: Samples | None
    rates: Sequence[float]
    accumulation: int
    statistics: StepStatistics

    def rate(self, epoch: int, batch: int) -> float:
        """Returns the learning rate of the step that a batch of an epoch is part of, both counted from zero."""
        step = ((epoch - self.first) * self.feed.steps + batch) // self.accumulation
        last = (step + 1) * self.accumulation - 1
        return self.rates[min(last, len(self.rates) - 1)]

    def read_by(self, workers: int) -> "Stage":
        """Returns the same stage with so many reader threads."""
        return replace(self, feed=self.feed.read_by(workers))


class Stages:
    """Builds the stage an epoch belongs to.

    Args:
        spec: of the run.
        task: gives loss, metrics and sample weights.
        model: the whole model, whose layers the stages share.
        splits: training and validation images.
        workers: reader threads.
        xla: whether to compile steps with XLA.
        events: for a word on what is going on.
        rates: a learning rate for each batch; None: those of the spec.
    """

    def __init__(
        self,
        spec: ResolvedSpec,
        task: Task,
        model: keras.Model,
        splits: dict[str, SplitData],
        workers: int,
        xla: bool,
        events: Events,
        rates: Sequence[float] | None = None,
    ) -> None:
        self._spec = spec
        self._task = task
        self._model = model
        self._train = splits["train"]
        self._validation = splits["validation"]
        self._workers = workers
        self._xla = xla
        self._events = events
        self._pipeline = Pipeline(spec.augmentation)
        self._company = Company(spec.augmentation, spec.epochs)
        self._features = head_of(task).FEATURES
        self._frame = Frame(*model.input_shape[1:3])
        self._repeats = self._drawn() if spec.sampling == "balanced" else None
        samples = len(self._train.pixels)
        self.steps = -(-samples // min(spec.batch_size, samples))
        self._accumulation = min(spec.gradient_accumulation, self.steps)
        self._rates = rates or spec.learning_rates(self.steps)

    def stage_of(self, epoch: int) -> Stage:
        """Returns the stage of an epoch, counted from zero; a costly call, once a stage."""
        frozen = self._spec.freeze_epochs
        if epoch >= frozen:
            return self._whole(frozen, self._spec.epochs)
        # Before fine-tuning the frozen stage only warms the head up, and can do without augmentation.
        if self._features and (self._spec.fine_tune or not self._augments):
            return self._head(0, frozen)
        return self._behind_frozen_backbone(0, frozen)

    def _head(self, first: int, end: int) -> Stage:
        """Trains the last layer on features computed once."""
        self._model.get_layer("backbone").trainable = False
        pool = self._model.get_layer(self._features).output
        extractor = keras.Model(self._model.input, pool)
        self._events.emit(
            "status", status="running", message="Computing the features of the frozen backbone", progress=None
        )
        inputs = keras.Input(pool.shape[1:], name="features")
        logits = self._model.get_layer("logits")(self._model.get_layer("dropout")(inputs))
        outputs = self._model.get_layer("outputs")(logits)
        samples, validation = (
            self._samples(Features(outputs_of(extractor, split.pixels, self._spec.batch_size)), split)
            if len(split)
            else None
            for split in (self._train, self._validation)
        )
        assert samples  # checked before anything was built
        return self._stage(first, end, inputs, logits, outputs, samples, validation)

    def _behind_frozen_backbone(self, first: int, end: int) -> Stage:
        self._model.get_layer("backbone").trainable = False
        return self._on_images(first, end)

    def _whole(self, first: int, end: int) -> Stage:
        backbone = self._model.get_layer("backbone")
        backbone.trainable = True
        if self._spec.pretrained:
            # Loaded statistics stand for far more images than a small set can offer: keep them.
            for layer in backbone._flatten_layers():
                if isinstance(layer, keras.layers.BatchNormalization):
                    layer.trainable = False
        return self._on_images(first, end)

    def _on_images(self, first: int, end: int) -> Stage:
        samples = self._samples(self._train.pixels, self._train)
        if self._augments:
            samples = AugmentedSamples(samples, self._task, self._pipeline, self._company)
        validation = self._samples(self._validation.pixels, self._validation) if len(self._validation) else None
        logits = self._model.get_layer("logits").output
        return self._stage(first, end, self._model.input, logits, self._model.output, samples, validation)

    def _drawn(self) -> np.ndarray:
        """Returns how often each training image is to come, for rare classes to come as often."""
        targets = self._train.targets
        return repeat_factors(np.array([self._task.counts(targets[at : at + 1]) > 0 for at in range(len(targets))]))

    @property
    def _augments(self) -> bool:
        return self._pipeline.changes or self._company.joins

    def _samples(self, inputs: Inputs, split: SplitData) -> Samples:
        weights = self._task.weights(split.targets, self._spec.class_weights == "balanced")
        return Samples(inputs, split.targets, lambda chosen: self._task.encode(chosen, self._frame), weights)

    def _stage(
        self,
        first: int,
        end: int,
        inputs: keras.KerasTensor,
        logits: keras.KerasTensor,
        outputs: keras.KerasTensor,
        samples: Samples,
        validation: Samples | None,
    ) -> Stage:
        model = keras.Model(inputs, logits, name="learner")
        judge = keras.Model(inputs, [logits, outputs], name="judge")
        judge.compile(jit_compile=self._xla)
        feed = Feed(samples, self._spec.batch_size, self._spec.seed, self._workers, self._repeats)
        rates = self._rates[first * self.steps : end * self.steps]
        model.compile(
            optimizer=build_optimizer(self._spec, rates, self._accumulation),
            loss=self._task.loss(self._spec),
            metrics=self._task.metrics(),
            jit_compile=self._xla,
        )
        model.optimizer.build(model.trainable_variables)
        stepper = Stepper(model)
        statistics = StepStatistics(stepper, self._events)
        return Stage(first, end, model, judge, stepper, feed, validation, rates, self._accumulation, statistics)
