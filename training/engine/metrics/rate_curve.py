"""The loss while the learning rate rises, and what it says about a good rate."""

import numpy as np

_MEMORY = 0.9  # of the running mean
_EXPLODED = 4.0  # times the lowest loss
_EDGE = 3  # points at either end whose slope says little
_LEAST_FALL = 0.05  # of the first loss: below it no rate has helped


class RateCurve:
    """Losses by learning rate (arXiv:1506.01186).

    Example:
        >>> curve = RateCurve()
        >>> for rate in np.geomspace(1e-5, 1, 51):
        ...     curve.add(rate, 1 / (1 + (100 * rate) ** 2) + rate**2)
        >>> curve.clear, 1e-3 < curve.proposed < 1e-1
        (True, True)
    """

    def __init__(self) -> None:
        self.rates: list[float] = []
        self.losses: list[float] = []
        self.smoothed: list[float] = []
        self._mean = 0.0

    def add(self, rate: float, loss: float) -> None:
        """Takes note of one batch."""
        self._mean = _MEMORY * self._mean + (1 - _MEMORY) * loss
        self.rates.append(float(rate))
        self.losses.append(float(loss))
        self.smoothed.append(self._mean / (1 - _MEMORY ** len(self.rates)))

    @property
    def explodes(self) -> bool:
        """Whether the loss is so much higher than it was that nothing is learnt any more."""
        return len(self.smoothed) > _EDGE and self.smoothed[-1] > _EXPLODED * min(self.smoothed)

    @property
    def clear(self) -> bool:
        """Whether the loss falls steeply somewhere on its way to its lowest."""
        return self._steepest is not None

    @property
    def proposed(self) -> float | None:
        """The rate where the loss falls most steeply; where that is unclear, a tenth of the rate of the lowest.

        None when there is nothing to go by.
        """
        if not self.rates:
            return None
        place = self._steepest
        rate = self.rates[int(np.argmin(self.smoothed))] / 10 if place is None else self.rates[place]
        return float(f"{rate:.1e}")

    @property
    def _steepest(self) -> int | None:
        lowest = int(np.argmin(self.smoothed)) if self.smoothed else 0
        if lowest < 2 * _EDGE or self.smoothed[0] - self.smoothed[lowest] < _LEAST_FALL * abs(self.smoothed[0]):
            return None
        slopes = np.gradient(self.smoothed[: lowest + 1], np.log10(self.rates[: lowest + 1]))
        return _EDGE + int(np.argmin(slopes[_EDGE : lowest + 1 - _EDGE]))
