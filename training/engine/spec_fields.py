"""The fields of a spec, by the group in which a form shows them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from training.engine.answers import TAGS, THINGS
from training.engine.augment.settings import AugmentationSettings
from training.engine.schedule import Schedule
from training.engine.spec_field import spec_field

Task = Literal["classification", "multilabel", "detection", "rotated", "instances", "keypoints", "segmentation"]
Optimizer = Literal["adamw", "adam", "sgd", "nadam", "lion", "muon", "rmsprop", "adafactor", "lamb"]
Monitor = Literal[
    "auto", "val_loss", "val_accuracy", "val_macro_f1", "val_mean_average_precision", "val_map", "val_map50",
    "val_miou", "val_dice",
]  # fmt: skip

_Switch = Literal["auto", "off", "on"]


# What an epoch of each task can be judged by.
FIGURES: dict[str, tuple[str, ...]] = {
    "classification": ("auto", "val_loss", "val_accuracy", "val_macro_f1"),
    "multilabel": ("auto", "val_loss", "val_accuracy", "val_macro_f1", "val_mean_average_precision"),
    **dict.fromkeys(THINGS, ("auto", "val_loss", "val_map", "val_map50")),
    "segmentation": ("auto", "val_loss", "val_miou", "val_dice", "val_accuracy"),
}
_WHOLE_IMAGES = {"tasks": list(TAGS)}  # fields that other tasks have no use for


class ModelWeights(BaseModel):
    """The weights of a model that was trained before, by its id on the site."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Trained model")

    model: int = Field(ge=1, title="Model", description="Id of the model to start from.")


class ModelFields(BaseModel):
    """What to train, and from where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Task = spec_field(
        "Model",
        "Task",
        "One class per image (classification), any number of classes per image (multilabel), boxes around things "
        "(detection), turned ones (rotated), masks of things (instances), their points (keypoints), or the class of "
        "every pixel (segmentation).",
        "classification",
    )
    preset: str = spec_field("Model", "Model", "Which model of the shelf to train.", "compact_cnn")
    weights: str | ModelWeights = spec_field(
        "Model",
        "Start from",
        "none: from scratch; imagenet: published weights; a path of a weights file on the server; or a trained model.",
        "none",
    )
    freeze_epochs: int | None = spec_field(
        "Model",
        "Frozen epochs",
        "Epochs at the start in which only the head learns. Used with loaded weights.",
        ge=0,
        le=10_000,
        advanced=True,
    )
    fine_tune: bool = spec_field(
        "Model",
        "Fine-tune the backbone",
        "After the frozen epochs let the whole model learn; off keeps the backbone as loaded to the end.",
        True,
    )
    dropout: float | None = spec_field(
        "Model",
        "Dropout",
        "Share of the features dropped before the last layer while training.",
        ge=0,
        le=0.9,
        advanced=True,
    )


class OptimiserFields(BaseModel):
    """How the model learns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    epochs: int | None = spec_field("Optimiser", "Epochs", "Passes over the training images.", ge=1, le=10_000)
    batch_size: int | None = spec_field("Optimiser", "Batch size", "Images a step.", ge=1, le=4096)
    optimizer: Optimizer = spec_field("Optimiser", "Optimiser", "How gradients become steps.", "adamw", advanced=True)
    learning_rate: float | None = spec_field(
        "Optimiser",
        "Learning rate",
        "Peak of the schedule; of the head where the backbone starts frozen.",
        gt=0,
        le=10,
    )
    fine_tune_learning_rate: float | None = spec_field(
        "Optimiser",
        "Second learning rate",
        "Peak once the backbone learns too.",
        gt=0,
        le=10,
        advanced=True,
    )
    weight_decay: float | None = spec_field(
        "Optimiser",
        "Weight decay",
        "Pull of the weights towards zero, decoupled from the gradient.",
        ge=0,
        le=1,
        advanced=True,
    )
    schedule: Schedule = spec_field("Optimiser", "Schedule", "How the learning rate falls after the warm-up.", "cosine")
    warmup_epochs: float | None = spec_field(
        "Optimiser",
        "Warm-up epochs",
        "Epochs over which the learning rate rises from zero.",
        ge=0,
        le=1000,
        advanced=True,
    )
    loss: Literal["auto", "crossentropy", "focal"] = spec_field(
        "Optimiser",
        "Loss",
        "Auto is cross-entropy; focal looks harder at what is still wrong.",
        "auto",
        advanced=True,
        more=_WHOLE_IMAGES,
    )
    label_smoothing: float | None = spec_field(
        "Optimiser",
        "Label smoothing",
        "Share of certainty given to the other classes, against overconfidence.",
        ge=0,
        le=0.5,
        advanced=True,
        more=_WHOLE_IMAGES,
    )
    early_stopping: int = spec_field(
        "Optimiser",
        "Early stop",
        "Epochs without a better result after which to stop; 0 never stops early.",
        0,
        ge=0,
        le=10_000,
    )
    monitor: Monitor = spec_field(
        "Optimiser",
        "Best by",
        "What decides which epoch was the best. Auto is accuracy (multilabel and detection: mean average "
        "precision; segmentation: mean IoU) on the validation images.",
        "auto",
        advanced=True,
        more={"choices_by_task": FIGURES},
    )


class AugmentationFields(BaseModel):
    """How training images are changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    augmentation: AugmentationSettings = Field(
        default_factory=AugmentationSettings,
        title="Augmentation",
        description="Random changes of the training images.",
        json_schema_extra={"group": "Augmentation", "advanced": False},
    )


class HardwareFields(BaseModel):
    """How the machine is used."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mixed_precision: _Switch = spec_field(
        "Hardware",
        "Mixed precision",
        "Half-precision arithmetic: faster on a GPU. Auto: on where there is a GPU.",
        "auto",
        advanced=True,
    )
    xla: _Switch = spec_field(
        "Hardware",
        "XLA",
        "Compile the training step. Auto: a short trial decides before a long run; else on where there is a GPU.",
        "auto",
        advanced=True,
    )
    workers: int | None = spec_field(
        "Hardware",
        "Reader threads",
        "Threads that read and augment images. Empty: what a short trial finds, before a long run; else one a core.",
        ge=1,
        le=64,
        advanced=True,
    )
    seed: int = spec_field(
        "Hardware", "Seed", "Same seed, same shuffling, augmentation and first weights.", 0, ge=0, le=2**31 - 1
    )
    deterministic: bool = spec_field(
        "Hardware",
        "Deterministic",
        "Only operations that give the same result every time; slower on a GPU.",
        False,
        advanced=True,
    )
