"""Tasks: one class per kind of thing to learn, all with the verbs of `task.Task`."""

from collections.abc import Sequence

from training.engine.data.version import LabelClass
from training.engine.tasks.classification import Classification
from training.engine.tasks.detection import Detection
from training.engine.tasks.instances import InstanceMasks
from training.engine.tasks.keypoints import Keypoints
from training.engine.tasks.multilabel import MultiLabel
from training.engine.tasks.rotated import Rotated
from training.engine.tasks.segmentation import Segmentation
from training.engine.tasks.task import Labels, Task

__all__ = [
    "TASKS", "Classification", "Detection", "InstanceMasks", "Keypoints", "Labels", "MultiLabel", "Rotated",
    "Segmentation", "Task", "task_for",
]  # fmt: skip

TASKS = {
    task.name: task for task in (Classification, MultiLabel, Detection, Rotated, InstanceMasks, Keypoints, Segmentation)
}


def task_for(name: str, classes: Sequence[LabelClass]) -> Task:
    """Returns the task of that name for these classes."""
    return TASKS[name](classes)
