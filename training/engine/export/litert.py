"""LiteRT, which was TensorFlow Lite: in floats, or in whole numbers of 8 bits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.engine.export.runtime import Runtime
from training.engine.processors import available

if TYPE_CHECKING:
    import keras

_FILE = "model.tflite"
_OUTPUTS = "outputs.json"


def write(model: "keras.Model", folder: Path, images: np.ndarray | None = None) -> None:
    """Writes the model into a folder.

    Whole numbers have one scale for a whole tensor. What a model joins at its end, such as places in pixels and
    probabilities, is therefore put out in parts, each with a scale of its own; `load` joins them again, by what
    `outputs.json` says of every output: its shape and the number of its parts.

    Args:
        model: any model of the engine.
        folder: is there already.
        images: shape (n, height, width, 3); calibrates whole numbers where it is given.
    """
    import tensorflow as tf

    from training.engine.export.at_rest import at_rest
    from training.engine.export.unjoined import unjoined

    model = unjoined(model)
    parts = [_parts(output) for output in model.outputs]
    whole: dict[str, Any] = {"target_spec": {"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]}}
    if images is not None:
        whole = {
            "optimizations": [tf.lite.Optimize.DEFAULT],
            "representative_dataset": lambda: _one_by_one(images),
            "target_spec": {"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]},
        }
    apart = at_rest(model, [tensor for output in parts for tensor in output])
    apart.export(str(folder / _FILE), format="litert", verbose=False, **whole)
    told = [
        {"shape": list(output.shape[1:]), "parts": len(tensors)}
        for output, tensors in zip(model.outputs, parts, strict=True)
    ]
    (folder / _OUTPUTS).write_text(json.dumps(told), encoding="utf-8")


def _parts(output: "keras.KerasTensor") -> "list[keras.KerasTensor]":
    """Returns the tensors that the model joins along the last axis right before this output, or the output itself."""
    tensor = output
    while _kind(tensor) == "Reshape":
        (tensor,) = _made_of(tensor)
    joined = _kind(tensor) == "Concatenate" and tensor.shape[-1] == output.shape[-1]
    # Along another axis they would not be as long together.
    parts = _made_of(tensor) if joined else []
    return parts if sum(part.shape[-1] for part in parts) == output.shape[-1] else [output]


def _kind(tensor: "keras.KerasTensor") -> str:
    return type(tensor._keras_history.operation).__name__


def _made_of(tensor: "keras.KerasTensor") -> "list[keras.KerasTensor]":
    """Returns what the operation got that made this tensor: it may be part of other models, too."""
    history = tensor._keras_history
    return history.operation._inbound_nodes[history.node_index].input_tensors


def _one_by_one(images: np.ndarray) -> Iterator[list[np.ndarray]]:
    for image in images:
        yield [image[None].astype(np.float32)]


def load(folder: Path) -> Runtime:
    """Returns what LiteRT makes of it; an interpreter for each size of batch stays in memory."""
    from ai_edge_litert.interpreter import Interpreter

    content = (folder / _FILE).read_bytes()
    outputs = json.loads((folder / _OUTPUTS).read_text(encoding="utf-8"))
    made: dict[int, Any] = {}

    def interpreter(batch: np.ndarray) -> Any:
        if len(batch) not in made:
            fresh = Interpreter(model_content=content, num_threads=available())
            fresh.resize_tensor_input(fresh.get_input_details()[0]["index"], batch.shape)
            fresh.allocate_tensors()
            made[len(batch)] = fresh
        return made[len(batch)]

    def run(batch: np.ndarray) -> list[np.ndarray]:
        ready = interpreter(batch)
        ready.set_tensor(ready.get_input_details()[0]["index"], batch.astype(np.float32))
        ready.invoke()
        # In the order of the model, which is not that of the file.
        details = ready.get_signature_runner().get_output_details()
        answers = [ready.get_tensor(details[f"output_{at}"]["index"]) for at in range(len(details))]
        return _joined(answers, outputs)

    return run


def _joined(answers: list[np.ndarray], outputs: list[dict[str, Any]]) -> list[np.ndarray]:
    joined = []
    for output in outputs:
        parts, answers = answers[: output["parts"]], answers[output["parts"] :]
        joined.append(np.concatenate(parts, axis=-1).reshape(-1, *output["shape"]))
    return joined
