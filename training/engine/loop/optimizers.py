"""Optimisers by name."""

from collections.abc import Sequence

import keras

from training.engine.loop.learning_rate_table import LearningRateTable
from training.engine.spec import ResolvedSpec

# Biases and normalisation are not pulled towards zero: there is nothing to regularise in them.
_NOT_DECAYED = ["bias", "gamma", "beta"]


def build_optimizer(spec: ResolvedSpec, rates: Sequence[float]) -> keras.optimizers.Optimizer:
    """Returns the optimiser of a spec.

    Args:
        spec: names it and its weight decay.
        rates: learning rate of every step of the stage.
    """
    rate = LearningRateTable(rates)
    decay = spec.weight_decay
    kinds = keras.optimizers
    match spec.optimizer:
        case "adamw":
            optimizer = kinds.AdamW(rate, weight_decay=decay)
        case "adam":
            optimizer = kinds.Adam(rate, weight_decay=decay)
        case "sgd":
            optimizer = kinds.SGD(rate, momentum=0.9, nesterov=True, weight_decay=decay)
        case "nadam":
            optimizer = kinds.Nadam(rate, weight_decay=decay)
        case "lion":
            optimizer = kinds.Lion(rate, weight_decay=decay)
        case "muon":
            # Muon is made for hidden matrices; the last layer learns by Adam.
            optimizer = kinds.Muon(rate, weight_decay=decay, exclude_layers=["logits"])
        case "rmsprop":
            optimizer = kinds.RMSprop(rate, weight_decay=decay)
        case "adafactor":
            optimizer = kinds.Adafactor(rate, weight_decay=decay)
        case "lamb":
            optimizer = kinds.Lamb(rate, weight_decay=decay)
    optimizer.exclude_from_weight_decay(var_names=_NOT_DECAYED)
    return optimizer
