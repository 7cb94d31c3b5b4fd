from .checkpoint import Checkpoint
from .epoch import Epoch
from .epoch_samples import EpochSamples
from .measurement import Measurement
from .model import Model
from .model_export import ModelExport
from .prediction import Prediction
from .run import Run
from .run_states import RunStatus
from .trial import Trial
from .worker import Worker

__all__ = [
    "Checkpoint", "Epoch", "EpochSamples", "Measurement", "Model", "ModelExport", "Prediction", "Run", "RunStatus",
    "Trial", "Worker",
]  # fmt: skip
