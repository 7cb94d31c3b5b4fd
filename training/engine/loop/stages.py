"""What learns when: the head on a frozen backbone first, then everything."""

from collections.abc import Sequence
from dataclasses import dataclass

import keras

from training.engine.augment.pipeline import Pipeline
from training.engine.data.features import Features
from training.engine.data.feed import Feed, Inputs
from training.engine.data.prepare import SplitData
from training.engine.events import Events
from training.engine.loop.inference import outputs_of
from training.engine.loop.optimizers import build_optimizer
from training.engine.loop.stepper import Stepper
from training.engine.spec import ResolvedSpec
from training.engine.tasks.task import Task


@dataclass
class Stage:
    """Consecutive epochs in which the same weights learn.

    Args:
        first: its first epoch, counted from zero.
        end: the epoch after its last.
        model: compiled; from the feed's inputs to logits.
        stepper: trains the model.
        feed: training batches.
        validation: what the model judges; None without validation images.
    """

    first: int
    end: int
    model: keras.Model
    stepper: Stepper
    feed: Feed
    validation: Inputs | None


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
        self._weights = task.weights(self._train.targets, spec.class_weights == "balanced")
        self.steps = -(-len(self._train) // min(spec.batch_size, len(self._train)))
        self.rates: Sequence[float] = spec.learning_rates(self.steps)

    def stage_of(self, epoch: int) -> Stage:
        """Returns the stage of an epoch, counted from zero; a costly call, once a stage."""
        frozen = self._spec.freeze_epochs
        if epoch >= frozen:
            return self._whole(frozen, self._spec.epochs)
        # Before fine-tuning the frozen stage only warms the head up, and can do without augmentation.
        if self._spec.fine_tune or not self._pipeline.changes:
            return self._head(0, frozen)
        return self._behind_frozen_backbone(0, frozen)

    def _head(self, first: int, end: int) -> Stage:
        """Trains the last layer on features computed once."""
        self._model.get_layer("backbone").trainable = False
        pool = self._model.get_layer("pool").output
        extractor = keras.Model(self._model.input, pool)
        self._events.emit(
            "status", status="running", message="Computing the features of the frozen backbone", progress=None
        )
        features = Features(outputs_of(extractor, self._train.pixels, self._spec.batch_size))
        validation = None
        if len(self._validation):
            validation = Features(outputs_of(extractor, self._validation.pixels, self._spec.batch_size))
        inputs = keras.Input(pool.shape[1:], name="features")
        logits = self._model.get_layer("logits")(self._model.get_layer("dropout")(inputs))
        feed = self._feed(features, None)
        return self._stage(first, end, keras.Model(inputs, logits, name="head"), feed, validation)

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
        logits = keras.Model(self._model.input, self._model.get_layer("logits").output, name="with_logits")
        feed = self._feed(self._train.pixels, self._pipeline if self._pipeline.changes else None)
        return self._stage(first, end, logits, feed, self._validation.pixels if len(self._validation) else None)

    def _feed(self, inputs: Inputs, change: Pipeline | None) -> Feed:
        return Feed(
            inputs,
            self._train.targets,
            self._weights,
            self._spec.batch_size,
            self._spec.seed,
            change,
            self._workers,
        )

    def _stage(self, first: int, end: int, model: keras.Model, feed: Feed, validation: Inputs | None) -> Stage:
        rates = self.rates[first * self.steps : end * self.steps]
        model.compile(
            optimizer=build_optimizer(self._spec, rates),
            loss=self._task.loss(self._spec),
            metrics=self._task.metrics(),
            jit_compile=self._xla,
        )
        model.optimizer.build(model.trainable_variables)
        return Stage(first, end, model, Stepper(model), feed, validation)
