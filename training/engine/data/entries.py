"""Columns and arrays whose entries are lists or objects."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def as_entries(items: Sequence[Any]) -> np.ndarray:
    """Returns things as an array of objects, from which some can be taken like numbers.

    Example:
        >>> as_entries([(1, 2), (3,)])[[1]].tolist()
        [(3,)]
    """
    made = np.empty(len(items), object)
    made[:] = items
    return made


def id_lists(rows: Sequence[Sequence[int]]) -> "pa.Array":
    """Returns lists of ids as a column; its type is the same where all of them are empty."""
    import pyarrow as pa  # tables are for training alone

    return pa.array(rows, pa.list_(pa.int64()))
