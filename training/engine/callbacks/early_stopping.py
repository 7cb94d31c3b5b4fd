"""Which epoch was the best, and when to give up waiting for a better one."""

import math

from training.engine.loop.progress import Progress


class EarlyStopping:
    """Judges epochs by one figure.

    Args:
        monitor: name of the figure among an epoch's metrics.
        patience: epochs without a better one after which to stop; 0 never stops.
        progress: where the verdicts are remembered, so that a resumed run judges on.

    Example:
        >>> judge = EarlyStopping("val_loss", patience=1, progress=Progress())
        >>> judge.judge(1, {"val_loss": 0.5}), judge.judge(2, {"val_loss": 0.6}), judge.stops
        (True, False, True)
    """

    def __init__(self, monitor: str, patience: int, progress: Progress) -> None:
        self._monitor = monitor
        self._patience = patience
        self._progress = progress
        self._sign = 1 if monitor.endswith("loss") else -1

    def judge(self, epoch: int, metrics: dict[str, float]) -> bool:
        """Takes note of an epoch; returns whether it is the best so far.

        Of equals by the figure, the one with the lower loss is better: on few validation images many epochs have the
        same accuracy.
        """
        loss = metrics["val_loss"] if "val_loss" in metrics else metrics["loss"]
        figure = self._sign * metrics[self._monitor]
        # A figure that cannot be computed, such as the precision of absent classes, is worse than any other.
        value = (figure if math.isfinite(figure) else math.inf, loss)
        best = self._progress.best_value
        if best is None or value < tuple(best):
            self._progress.best_value = list(value)
            self._progress.best_epoch = epoch
            self._progress.waited = 0
            return True
        self._progress.waited += 1
        return False

    @property
    def stops(self) -> bool:
        """Whether the patience is used up."""
        return 0 < self._patience <= self._progress.waited
