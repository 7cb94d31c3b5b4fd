"""What to train and how: the one description that form, API, command line and engine share.

Reading this module needs pydantic alone; Keras, NumPy and OpenCV stay out.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from training.engine import zoo
from training.engine.answers import ANSWERS, THINGS
from training.engine.augment.settings import AugmentationSettings
from training.engine.schedule import stage_rates
from training.engine.spec_data_fields import DataFields
from training.engine.spec_fields import (
    FIGURES,
    AugmentationFields,
    HardwareFields,
    ModelFields,
    ModelWeights,
    OptimiserFields,
)
from training.engine.spec_step_fields import StepFields

# What is another default where answers have places: a turned box is a larger one (unless it may be turned), few scenes
# have a reading direction, and things come in many sizes.
PLACES = {"horizontal_flip": 0.5, "rotate": 0.0, "zoom": 0.4}
SMALLEST_TILE = 64  # pixels
DEFAULTS: dict[str, Any] = {
    **{task: {"preset": "compact_detector", "augmentation": PLACES} for task in THINGS},
    "rotated": {"preset": "compact_detector", "augmentation": {**PLACES, "vertical_flip": 0.5, "rotate": 45.0}},
    "segmentation": {"preset": "compact_unet", "augmentation": {**PLACES, "rotate": 5.0}},
}

__all__ = ["AugmentationSettings", "ModelWeights", "ResolvedSpec", "RunSpec", "field_errors"]


class RunSpec(HardwareFields, AugmentationFields, StepFields, OptimiserFields, DataFields, ModelFields):
    """One training run. `task` is enough; an empty (null) field takes the preset's own value.

    Example:
        >>> RunSpec(preset="compact_cnn").resolved().image_size
        64
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        title="Training run",
        json_schema_extra={"defaults_by_task": DEFAULTS, "answers": dict(ANSWERS)},
    )

    @model_validator(mode="before")
    @classmethod
    def _with_the_defaults_of_its_task(cls, given: Any) -> Any:
        own = DEFAULTS.get(given["task"]) if isinstance(given, dict) and isinstance(given.get("task"), str) else None
        if own is None:
            return given
        changes = given.get("augmentation", {})
        if isinstance(changes, dict):
            changes = {**own["augmentation"], **changes}
        return {**own, **given, "augmentation": changes}

    @field_validator("preset")
    @classmethod
    def _preset_is_known(cls, name: str) -> str:
        return zoo.get(name).name

    @field_validator("weights")
    @classmethod
    def _weights_are_named(cls, weights: str | ModelWeights) -> str | ModelWeights:
        if isinstance(weights, str) and not weights.strip():
            raise ValueError('Say none, imagenet, the path of a weights file, or {"model": id}.')
        return weights

    @model_validator(mode="after")
    def _fields_fit_each_other(self) -> "RunSpec":
        preset = zoo.get(self.preset)
        if self.task not in preset.tasks:
            raise ValueError(f"preset: {preset.name} is made for {', '.join(preset.tasks)}, not for {self.task}.")
        if self.image_size is not None and self.image_size < preset.min_size:
            raise ValueError(f"image_size: {preset.name} needs at least {preset.min_size} pixels.")
        if self.weights in ("imagenet",) and self.weights not in preset.weights:
            raise ValueError(
                f"weights: there are no published weights for {preset.name}; say none or give the path of a file."
            )
        unused = _unused(self, self.task) if type(self) is RunSpec else ()
        for name in (*unused, *(f"augmentation.{each}" for each in _unused(self.augmentation, self.task))):
            raise ValueError(f"{name}: a {self.task} run makes no use of it; leave it out.")
        if 0 < self.tile < SMALLEST_TILE:
            raise ValueError(f"tile: 0 for whole images, or at least {SMALLEST_TILE} pixels.")
        if self.monitor not in FIGURES[self.task]:
            raise ValueError(f"monitor: a {self.task} run has no {self.monitor}; try {', '.join(FIGURES[self.task])}.")
        if self.epochs is not None and (self.freeze_epochs or 0) > self.epochs:
            raise ValueError(f"freeze_epochs: at most the {self.epochs} epochs of the run.")
        return self

    @property
    def pretrained(self) -> bool:
        """Whether the run starts from loaded weights."""
        return self.weights != "none"

    def resolved(self, train_images: int | None = None, largest_edge: int | None = None) -> "ResolvedSpec":
        """Returns the spec with every empty field filled in from the preset.

        Args:
            train_images: images, or tiles, in the training split; a small set gets more epochs. None: a set of
                ordinary size.
            largest_edge: pixels of the longest edge of all images; from scratch, nothing is gained by magnifying
                them. None: larger than any input.
        """
        if self.tile:
            largest_edge = min(self.tile, largest_edge or self.tile)
        preset = zoo.get(self.preset)
        recipe = preset.recipe(self.task, self.pretrained)
        batch_size = self.batch_size or recipe.batch_size
        epochs = self.epochs or recipe.epochs_for(train_images, batch_size)
        freeze_epochs = 0
        if self.pretrained and not self.fine_tune:
            freeze_epochs = epochs
        elif self.pretrained:
            # The preset's share of frozen epochs holds for longer and shorter runs too.
            share = round(epochs * recipe.freeze_epochs / recipe.epochs)
            freeze_epochs = min(share if self.freeze_epochs is None else self.freeze_epochs, epochs - 1)
        own = {
            "image_size": preset.input_size_for(self.task, largest_edge, self.pretrained),
            "learning_rate": recipe.learning_rate,
            "fine_tune_learning_rate": recipe.fine_tune_learning_rate or recipe.learning_rate,
            "weight_decay": recipe.weight_decay,
            "warmup_epochs": recipe.warmup_epochs,
            "label_smoothing": recipe.label_smoothing,
            "dropout": recipe.dropout,
        }
        given = {name: getattr(self, name) for name in type(self).model_fields}
        own.update({name: value for name, value in given.items() if value is not None})
        own.update(epochs=epochs, batch_size=batch_size, freeze_epochs=freeze_epochs)
        return ResolvedSpec(**own)

    def learning_rates(self, steps_per_epoch: int) -> list[float]:
        """Returns the learning rate of every step of the run.

        A run that starts frozen has two stages, each with a warm-up and a schedule of its own; the second peaks at
        `fine_tune_learning_rate`.

        Args:
            steps_per_epoch: optimiser steps an epoch.

        Returns:
            `epochs * steps_per_epoch` learning rates.
        """
        batch_size = self.batch_size or zoo.get(self.preset).recipe(self.task, self.pretrained).batch_size
        spec = self.resolved(steps_per_epoch * batch_size)
        warmup = round(spec.warmup_epochs * steps_per_epoch)
        frozen = stage_rates(spec.schedule, spec.learning_rate, spec.freeze_epochs * steps_per_epoch, warmup)
        peak = spec.fine_tune_learning_rate if spec.pretrained else spec.learning_rate
        return frozen + stage_rates(spec.schedule, peak, (spec.epochs - spec.freeze_epochs) * steps_per_epoch, warmup)


def _unused(fields: BaseModel, task: str) -> list[str]:
    """Returns the names of what is set though a task makes no use of it."""
    found = []
    for name, field in type(fields).model_fields.items():
        tasks = field.json_schema_extra.get("tasks") if isinstance(field.json_schema_extra, dict) else None
        if isinstance(tasks, list) and task not in tasks and getattr(fields, name) != field.default:
            found.append(name)
    return found


class ResolvedSpec(RunSpec):
    """A spec in which nothing is left to the preset; made by `RunSpec.resolved`."""

    epochs: int
    batch_size: int
    image_size: int
    freeze_epochs: int
    learning_rate: float
    fine_tune_learning_rate: float
    weight_decay: float
    warmup_epochs: float
    label_smoothing: float
    dropout: float


def field_errors(error: ValidationError) -> dict[str, str]:
    """Returns one sentence for each wrong field, by dotted name; what concerns several fields is filed under one.

    Example:
        >>> try:
        ...     RunSpec(epochs=0)
        ... except ValidationError as error:
        ...     field_errors(error)
        {'epochs': 'Input should be greater than or equal to 1'}
    """
    found: dict[str, str] = {}
    for item in error.errors():
        if item["loc"][-1:] == ("str",) and isinstance(item["input"], dict):
            continue  # of a field that may be a word or an object, the word was not meant
        name = ".".join(str(part) for part in item["loc"] if part not in ("str", "ModelWeights"))
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "There is no such field; check its spelling."
        if not name and ": " in message:
            name, message = message.split(": ", 1)
        found.setdefault(name or "spec", message)
    return found
