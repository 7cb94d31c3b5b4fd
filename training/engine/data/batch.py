"""One step's worth of samples."""

from typing import NamedTuple

import numpy as np


class Batch(NamedTuple):
    """Inputs, targets and the weight of each sample, all with the batch first."""

    inputs: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
