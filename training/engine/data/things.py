"""What all kinds of things on an image have in common, so that figures need not know which kind they are of."""

from typing import Any, Protocol, Self

import numpy as np


class Things(Protocol):
    """Things of one kind on one image, as labels or as what a model has found."""

    def __len__(self) -> int: ...

    @property
    def classes(self) -> np.ndarray:
        """Index of the class of each; shape (n,), int32."""

    @property
    def scores(self) -> np.ndarray:
        """How sure a model is of each, 0..1; ones where they are labels. Shape (n,), float32."""

    @property
    def shape(self) -> str:
        """What annotations call one of them."""

    @property
    def most(self) -> int:
        """How many of an image count when figures are taken, the surest first."""

    @property
    def areas(self) -> np.ndarray:
        """Shape (n,), in square pixels."""

    def only(self, chosen: np.ndarray) -> Self:
        """Returns some of them, by mask or by position."""

    def mapped(self, matrix: np.ndarray) -> Self:
        """Returns them where an affine map of places takes them; `matrix` has shape (3, 3)."""

    def inside(self, height: int, width: int) -> Self:
        """Returns what of them lies on a canvas; those of which too little is left are gone."""

    def overlaps(self, labels: Self) -> np.ndarray:
        """Returns how well each fits each of some labels, shape (n, labels), 0..1; from 0.5 on it is the same thing."""

    def geometry(self, place: int) -> dict[str, Any]:
        """Returns one of them as annotations have it, in pixels."""
