"""Progress within an epoch, a few times a second."""

import time

from training.engine.events import Events


class StepReporter:
    """Sends step events, at most one every quarter of a second: reading figures waits for the device.

    Args:
        events: where to.
        epochs: epochs of the run.
        steps: steps an epoch.
        seconds: least time between two events.
    """

    def __init__(self, events: Events, epochs: int, steps: int, seconds: float = 0.25) -> None:
        self._events = events
        self._epochs = epochs
        self._steps = steps
        self._seconds = seconds
        self._sent = 0.0

    @property
    def due(self) -> bool:
        """Whether enough time has passed since the last event."""
        return time.monotonic() - self._sent >= self._seconds

    def send(self, epoch: int, step: int, metrics: dict[str, float], rate: float, images_per_second: float) -> None:
        """Sends one event; epoch and step are counted from one."""
        self._sent = time.monotonic()
        self._events.emit(
            "step",
            epoch=epoch,
            epochs=self._epochs,
            step=step,
            steps=self._steps,
            metrics=metrics,
            learning_rate=rate,
            images_per_second=round(images_per_second, 1),
        )
