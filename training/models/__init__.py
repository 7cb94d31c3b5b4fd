from .checkpoint import Checkpoint
from .epoch import Epoch
from .model import Model
from .prediction import Prediction
from .run import Run, RunStatus
from .worker import Worker

__all__ = ["Checkpoint", "Epoch", "Model", "Prediction", "Run", "RunStatus", "Worker"]
