"""What every preset costs, readable without Keras: `costs.json`, as `python -m training.engine count` gives it."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("costs.json")

MEASURED_CLASSES = 10  # with which speed is measured
MOST_ON_CPU = 8  # images a step when it is: larger batches are hardly faster there, and take much longer each

LIBRARIES_BYTES = 1100 * 2**20  # TensorFlow, imported, with a compiled step
BYTES_PER_PARAMETER = 16  # weight, gradient and two moments of the optimiser, 4 bytes each
BYTES_PER_ACTIVATION = 6.0  # each is kept for the way back, 4 bytes; half as much again lives for a moment


class Linear(NamedTuple):
    """A number that grows with the number of classes."""

    base: int
    per_class: int

    def of(self, classes: int) -> int:
        """Returns it for so many classes."""
        return self.base + self.per_class * classes


@dataclass(frozen=True)
class Cost:
    """What a preset costs for one task.

    Args:
        edge: of the square input that was counted, in pixels.
        parameters: weights of the whole model.
        operations: for one image on the way forth; a multiply-add counts as two.
        activations: numbers that all layers give out for one image.
    """

    edge: int
    parameters: Linear
    operations: Linear
    activations: Linear

    def work(self, classes: int, pixels: int) -> float:
        """Returns the operations for one image.

        Args:
            classes: of the task.
            pixels: of the input, height times width; nearly everything is done once for each of them.
        """
        return self.operations.of(classes) * pixels / self.edge**2

    def memory(self, classes: int, pixels: int, batch_size: int) -> int:
        """Returns the bytes that training on the CPU takes, libraries included: a rough upper estimate.

        Args:
            classes: of the task.
            pixels: of the input, height times width.
            batch_size: images a step.
        """
        kept = self.activations.of(classes) * pixels / self.edge**2 * batch_size
        return int(LIBRARIES_BYTES + BYTES_PER_PARAMETER * self.parameters.of(classes) + BYTES_PER_ACTIVATION * kept)

    def checkpoint_bytes(self, classes: int) -> int:
        """Returns the bytes of what a run keeps: the last state with two moments, the best weights, the model."""
        return 5 * 4 * self.parameters.of(classes)


@cache
def costs() -> dict[str, dict[str, Cost]]:
    """Returns the cost of every preset for each of its tasks."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: {task: _cost(entry) for task, entry in tasks.items()} for name, tasks in stored.items()}


def as_json(found: dict[str, dict[str, Cost]]) -> str:
    """Returns the costs of presets as `costs.json` has them, a line for each task."""
    presets = []
    for name, tasks in found.items():
        lines = [f"    {json.dumps(task)}: {json.dumps(asdict(cost))}" for task, cost in tasks.items()]
        presets.append(f"  {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(presets) + "\n}"


def _cost(entry: dict[str, Any]) -> Cost:
    lines = (Linear(*entry[name]) for name in ("parameters", "operations", "activations"))
    return Cost(entry["edge"], *lines)
