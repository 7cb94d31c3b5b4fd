"""What a run remembers besides its weights."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Progress:
    """How far a run is; part of every checkpoint.

    Args:
        epoch: epochs done.
        best_epoch: the best of them, counted from one; 0 before the first.
        best_value: what it was judged by: the monitored figure, negative where higher is better, and the loss.
        waited: epochs since the best.
        history: figures of every epoch, as their events had them.
        train_seconds: time spent in epochs, over all attempts.
        xla: whether steps are compiled with XLA: other roundings would give other weights. None: not decided yet.
    """

    epoch: int = 0
    best_epoch: int = 0
    best_value: list[float] | None = None
    waited: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)
    train_seconds: float = 0.0
    xla: bool | None = None
