"""What to train and how: the one description that form, API, command line and engine share.

Reading this module needs pydantic alone; Keras, NumPy and OpenCV stay out.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from training.engine import zoo
from training.engine.augment.settings import AugmentationSettings
from training.engine.schedule import Schedule, stage_rates

__all__ = ["AugmentationSettings", "ModelWeights", "ResolvedSpec", "RunSpec", "field_errors"]

Task = Literal["classification", "multilabel"]
Optimizer = Literal["adamw", "adam", "sgd", "nadam", "lion", "muon", "rmsprop", "adafactor", "lamb"]
Monitor = Literal["auto", "val_loss", "val_accuracy", "val_macro_f1", "val_mean_average_precision"]

_Switch = Literal["auto", "off", "on"]


def _field(group: str, title: str, description: str, default: Any = None, advanced: bool = False, **bounds: Any) -> Any:
    return Field(
        default,
        title=title,
        description=description,
        json_schema_extra={"group": group, "advanced": advanced},
        **bounds,
    )


class ModelWeights(BaseModel):
    """The weights of a model that was trained before, by its id on the site."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Trained model")

    model: int = Field(ge=1, title="Model", description="Id of the model to start from.")


class RunSpec(BaseModel):
    """One training run. `task` and `preset` are enough; an empty (null) field takes the preset's own value.

    Example:
        >>> RunSpec(preset="compact_cnn").resolved().image_size
        64
    """

    model_config = ConfigDict(frozen=True, extra="forbid", title="Training run")

    task: Task = _field(
        "Model",
        "Task",
        "One class per image (classification) or any number of classes per image (multilabel).",
        "classification",
    )
    preset: str = _field("Model", "Model", "Which model of the shelf to train.", "compact_cnn")
    weights: str | ModelWeights = _field(
        "Model",
        "Start from",
        "none: from scratch; imagenet: published weights; a path of a weights file on the server; or a trained model.",
        "none",
    )
    freeze_epochs: int | None = _field(
        "Model",
        "Frozen epochs",
        "Epochs at the start in which only the head learns. Used with loaded weights.",
        ge=0,
        le=10_000,
        advanced=True,
    )
    fine_tune: bool = _field(
        "Model",
        "Fine-tune the backbone",
        "After the frozen epochs let the whole model learn; off keeps the backbone as loaded to the end.",
        True,
    )
    dropout: float | None = _field(
        "Model",
        "Dropout",
        "Share of the features dropped before the last layer while training.",
        ge=0,
        le=0.9,
        advanced=True,
    )

    image_size: int | None = _field("Data", "Image size", "Edge of the square input, in pixels.", ge=16, le=1024)
    resize: Literal["letterbox", "crop", "stretch"] = _field(
        "Data",
        "Resize",
        "Fit the whole image with bars (letterbox), cut out the middle (crop) or distort (stretch).",
        "letterbox",
    )
    class_weights: Literal["none", "balanced"] = _field(
        "Data",
        "Class weights",
        "Balanced: rare classes count more, in inverse proportion to their images.",
        "none",
    )
    max_corrupt_share: float = _field(
        "Data",
        "Unreadable images allowed",
        "Share of images that may fail to decode before the run gives up.",
        0.2,
        ge=0,
        le=1,
        advanced=True,
    )

    epochs: int | None = _field("Optimiser", "Epochs", "Passes over the training images.", ge=1, le=10_000)
    batch_size: int | None = _field("Optimiser", "Batch size", "Images a step.", ge=1, le=4096)
    optimizer: Optimizer = _field("Optimiser", "Optimiser", "How gradients become steps.", "adamw", advanced=True)
    learning_rate: float | None = _field(
        "Optimiser",
        "Learning rate",
        "Peak of the schedule; of the head where the backbone starts frozen.",
        gt=0,
        le=10,
    )
    fine_tune_learning_rate: float | None = _field(
        "Optimiser",
        "Second learning rate",
        "Peak once the backbone learns too.",
        gt=0,
        le=10,
        advanced=True,
    )
    weight_decay: float | None = _field(
        "Optimiser",
        "Weight decay",
        "Pull of the weights towards zero, decoupled from the gradient.",
        ge=0,
        le=1,
        advanced=True,
    )
    schedule: Schedule = _field("Optimiser", "Schedule", "How the learning rate falls after the warm-up.", "cosine")
    warmup_epochs: float | None = _field(
        "Optimiser",
        "Warm-up epochs",
        "Epochs over which the learning rate rises from zero.",
        ge=0,
        le=1000,
        advanced=True,
    )
    loss: Literal["auto", "crossentropy", "focal"] = _field(
        "Optimiser",
        "Loss",
        "Auto is cross-entropy; focal looks harder at what is still wrong.",
        "auto",
        advanced=True,
    )
    label_smoothing: float | None = _field(
        "Optimiser",
        "Label smoothing",
        "Share of certainty given to the other classes, against overconfidence.",
        ge=0,
        le=0.5,
        advanced=True,
    )
    early_stopping: int = _field(
        "Optimiser",
        "Early stop",
        "Epochs without a better result after which to stop; 0 never stops early.",
        0,
        ge=0,
        le=10_000,
    )
    monitor: Monitor = _field(
        "Optimiser",
        "Best by",
        "What decides which epoch was the best. Auto is accuracy (multilabel: mean average "
        "precision) on the validation images.",
        "auto",
        advanced=True,
    )

    augmentation: AugmentationSettings = Field(
        default_factory=AugmentationSettings,
        title="Augmentation",
        description="Random changes of the training images.",
        json_schema_extra={"group": "Augmentation", "advanced": False},
    )

    mixed_precision: _Switch = _field(
        "Hardware",
        "Mixed precision",
        "Half-precision arithmetic: faster on a GPU. Auto: on where there is a GPU.",
        "auto",
        advanced=True,
    )
    xla: _Switch = _field(
        "Hardware",
        "XLA",
        "Compile the training step. Auto: on where there is a GPU; on CPUs it is mostly slower.",
        "auto",
        advanced=True,
    )
    workers: int | None = _field(
        "Hardware",
        "Reader threads",
        "Threads that read and augment images. Empty: as many as fit the machine.",
        ge=1,
        le=64,
        advanced=True,
    )
    seed: int = _field(
        "Hardware", "Seed", "Same seed, same shuffling, augmentation and first weights.", 0, ge=0, le=2**31 - 1
    )
    deterministic: bool = _field(
        "Hardware",
        "Deterministic",
        "Only operations that give the same result every time; slower on a GPU.",
        False,
        advanced=True,
    )

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
        if self.monitor == "val_mean_average_precision" and self.task != "multilabel":
            raise ValueError("monitor: val_mean_average_precision is a figure of multilabel runs; try val_accuracy.")
        if self.epochs is not None and (self.freeze_epochs or 0) > self.epochs:
            raise ValueError(f"freeze_epochs: at most the {self.epochs} epochs of the run.")
        return self

    @property
    def pretrained(self) -> bool:
        """Whether the run starts from loaded weights."""
        return self.weights != "none"

    def resolved(self, train_images: int | None = None) -> "ResolvedSpec":
        """Returns the spec with every empty field filled in from the preset.

        Args:
            train_images: images in the training split; a small set gets more epochs. None: a set of ordinary size.
        """
        preset = zoo.get(self.preset)
        recipe = preset.recipe(self.pretrained)
        batch_size = self.batch_size or recipe.batch_size
        epochs = self.epochs or recipe.epochs_for(train_images, batch_size)
        freeze_epochs = 0
        if self.pretrained and not self.fine_tune:
            freeze_epochs = epochs
        elif self.pretrained:
            chosen = recipe.freeze_epochs if self.freeze_epochs is None else self.freeze_epochs
            freeze_epochs = min(chosen, epochs - 1)
        own = {
            "image_size": preset.input_size,
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
        batch_size = self.batch_size or zoo.get(self.preset).recipe(self.pretrained).batch_size
        spec = self.resolved(steps_per_epoch * batch_size)
        warmup = round(spec.warmup_epochs * steps_per_epoch)
        frozen = stage_rates(spec.schedule, spec.learning_rate, spec.freeze_epochs * steps_per_epoch, warmup)
        peak = spec.fine_tune_learning_rate if spec.pretrained else spec.learning_rate
        return frozen + stage_rates(spec.schedule, peak, (spec.epochs - spec.freeze_epochs) * steps_per_epoch, warmup)


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
        name = ".".join(str(part) for part in item["loc"] if part not in ("str", "ModelWeights"))
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "There is no such field; check its spelling."
        if not name and ": " in message:
            name, message = message.split(": ", 1)
        found.setdefault(name or "spec", message)
    return found
