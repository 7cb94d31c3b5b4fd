"""Four images in one."""

import numpy as np

from training.engine.data.frame import Frame, Placement

LAST_SHARE = 0.15  # of the epochs, in which images are whole again, as they will be when the model is used
_MIDDLE = (0.3, 0.7)  # where the four may meet, as a share of width and height


class Mosaic:
    """Puts four images beside each other, each cut and shrunk at random (arXiv:2004.10934).

    Args:
        share: of the images, 0..1, that others join.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def draw(self, rng: np.random.Generator, frame: Frame) -> list[Placement]:
        """Returns where each of four images lies on the frame, from the top left; nothing where an image stays alone.

        Every piece fills its quarter: what of it is seen, and how much smaller, is drawn.
        """
        if rng.random() >= self._share:
            return []
        x, y = (round(float(at) * edge) for at, edge in zip(rng.uniform(*_MIDDLE, 2), frame[::-1], strict=True))
        quarters = [
            (0, 0, x, y),
            (x, 0, frame.width - x, y),
            (0, y, x, frame.height - y),
            (x, y, frame.width - x, frame.height - y),
        ]
        return [Placement(self._piece(rng, frame, *quarter[2:]), quarter) for quarter in quarters]

    def _piece(self, rng: np.random.Generator, frame: Frame, width: int, height: int) -> tuple[int, int, int, int]:
        """Returns what is seen of an image in a quarter: left, top, width and height on the frame."""
        scale = float(rng.uniform(max(width / frame.width, height / frame.height), 1))
        wide, high = min(frame.width, round(width / scale)), min(frame.height, round(height / scale))
        left, top = rng.integers(0, [frame.width - wide + 1, frame.height - high + 1])
        return int(left), int(top), wide, high
