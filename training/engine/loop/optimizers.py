"""Optimisers by name."""

from collections.abc import Sequence
from typing import Any

import keras

from training.engine.loop.learning_rate_table import LearningRateTable
from training.engine.loop.watched import watched
from training.engine.spec import ResolvedSpec

# Biases and normalisation are not pulled towards zero: there is nothing to regularise in them.
_NOT_DECAYED = ["bias", "gamma", "beta"]


# Of a stage's steps, so that a mean of the weights is no memory of how they began.
_AVERAGED_SHARE = 0.1


def build_optimizer(spec: ResolvedSpec, rates: Sequence[float], accumulation: int = 1) -> keras.optimizers.Optimizer:
    """Returns the optimiser of a spec.

    Args:
        spec: names it, its weight decay, and what happens to gradients before and to weights after a step.
        rates: a learning rate for every batch of the stage; a step has that of its last batch.
        accumulation: batches whose gradients are averaged for one step.
    """
    rate = LearningRateTable(rates)
    kinds = keras.optimizers
    options: dict[str, Any] = {
        "weight_decay": spec.weight_decay,
        "global_clipnorm": spec.clip_norm or None,
        "gradient_accumulation_steps": accumulation if accumulation > 1 else None,
        "use_ema": spec.weight_averaging > 0,
        "ema_momentum": _momentum(spec.weight_averaging, len(rates) // accumulation, accumulation),
    }
    match spec.optimizer:
        case "adamw":
            optimizer = watched(kinds.AdamW)(rate, **options)
        case "adam":
            optimizer = watched(kinds.Adam)(rate, **options)
        case "sgd":
            optimizer = watched(kinds.SGD)(rate, momentum=0.9, nesterov=True, **options)
        case "nadam":
            optimizer = watched(kinds.Nadam)(rate, **options)
        case "lion":
            optimizer = watched(kinds.Lion)(rate, **options)
        case "muon":
            # Muon is made for hidden matrices; the last layer learns by Adam.
            optimizer = watched(kinds.Muon)(rate, exclude_layers=["logits"], **options)
        case "rmsprop":
            optimizer = watched(kinds.RMSprop)(rate, **options)
        case "adafactor":
            optimizer = watched(kinds.Adafactor)(rate, **options)
        case "lamb":
            optimizer = watched(kinds.Lamb)(rate, **options)
    optimizer.exclude_from_weight_decay(var_names=_NOT_DECAYED)
    return optimizer


def _momentum(wanted: float, steps: int, accumulation: int) -> float:
    """Returns the momentum that averages as `wanted` does from step to step.

    Keras moves the mean after every batch, also where several make a step.
    """
    longest = max(0.0, 1 - 1 / max(1.0, _AVERAGED_SHARE * steps))
    return float(min(wanted, longest) ** (1 / accumulation))
