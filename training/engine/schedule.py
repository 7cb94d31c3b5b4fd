"""Learning rates step by step, in plain Python: the form draws them, the optimiser reads them."""

import math
from typing import Literal

Schedule = Literal["cosine", "linear", "exponential", "step", "constant"]

# What is left of the peak at the end of the schedules that approach a floor rather than zero.
FLOOR = 0.01


def decay(schedule: Schedule, progress: float) -> float:
    """Returns the share of the peak learning rate that is left.

    Args:
        schedule: shape of the decay. `cosine` and `exponential` end at 1 % of the peak, `linear` at zero;
            `step` divides by ten after 60 % and again after 85 %; `constant` stays.
        progress: how far the stage is, 0..1.

    Returns:
        A factor, 0..1. Cosine is that of SGDR (arXiv:1608.03983) without restarts.
    """
    match schedule:
        case "cosine":
            return FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * progress))
        case "linear":
            return 1 - progress
        case "exponential":
            return float(FLOOR**progress)
        case "step":
            return 1.0 if progress < 0.6 else 0.1 if progress < 0.85 else 0.01
        case _:
            return 1.0


def stage_rates(schedule: Schedule, peak: float, steps: int, warmup_steps: int) -> list[float]:
    """Returns the learning rates of one stage.

    Args:
        schedule: shape of the decay after the warm-up.
        peak: largest learning rate.
        steps: optimiser steps of the stage.
        warmup_steps: steps of linear rise at its start; at most half of the stage is used for it.

    Returns:
        `steps` learning rates.
    """
    warmup = min(warmup_steps, steps // 2)
    rising = [peak * (step + 1) / (warmup + 1) for step in range(warmup)]
    left = steps - warmup
    return rising + [peak * decay(schedule, step / max(1, left - 1)) for step in range(left)]
