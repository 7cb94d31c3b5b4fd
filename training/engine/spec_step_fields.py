"""The fields of a spec that say how gradients become weights, beside the optimiser itself."""

from pydantic import BaseModel, ConfigDict

from training.engine.spec_field import spec_field


class StepFields(BaseModel):
    """What is done with gradients before a step, and with weights after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gradient_accumulation: int = spec_field(
        "Optimiser",
        "Batches a step",
        "Gradients of so many batches are averaged before the weights move: a large batch on little memory. At most "
        "the batches of an epoch.",
        1,
        ge=1,
        le=1024,
        advanced=True,
    )
    clip_norm: float = spec_field(
        "Optimiser",
        "Gradient clipping",
        "Largest norm of all gradients together; longer ones are shortened to it. 0 does not clip.",
        0.0,
        ge=0,
        le=1000,
        advanced=True,
    )
    weight_averaging: float = spec_field(
        "Optimiser",
        "Weight averaging",
        "Momentum of a running mean of the weights, such as 0.999, which is what gets validated and kept; at most a "
        "tenth of the steps are averaged. 0 is off.",
        0.0,
        ge=0,
        lt=1,
        advanced=True,
    )
