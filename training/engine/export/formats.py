"""The formats that a model can leave in, readable without any of their packages."""

import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from types import ModuleType

INSTALL = "make install-export"


@dataclass(frozen=True)
class ExportFormat:
    """One format; `training/engine/export/<name>.py` writes and loads it.

    Args:
        name: of the file under `export/`, and what people write on a command line.
        title: as its makers call it.
        purpose: a sentence on what it is for.
        suffix: ending of the model's own file; empty for a folder.
        modules: what has to be importable to write, load and compare.
        requirements: what a machine installs to run it, besides what `predict.py` needs for pixels.
        int8: whether it can be made of whole numbers, which needs images to calibrate with.
    """

    name: str
    title: str
    purpose: str
    suffix: str
    modules: tuple[str, ...]
    requirements: tuple[str, ...]
    int8: bool = False

    @property
    def missing(self) -> list[str]:
        """What of `modules` is not installed; nothing is imported to find out."""
        return [each for each in self.modules if find_spec(each) is None]

    @property
    def verbs(self) -> ModuleType:
        """Its file, with `write(model, folder, images)` and `load(folder)`."""
        return importlib.import_module(f"training.engine.export.{self.name}")


FORMATS = {
    each.name: each
    for each in (
        ExportFormat(
            "onnx",
            "ONNX",
            "Servers and desktop programs in any language, with ONNX Runtime.",
            ".onnx",
            ("tf2onnx", "onnx", "onnxruntime"),
            ("onnxruntime",),
        ),
        ExportFormat(
            "openvino",
            "OpenVINO",
            "Intel processors and graphics.",
            ".xml",
            ("openvino",),
            ("openvino",),
        ),
        ExportFormat(
            "litert",
            "LiteRT",
            "Phones and small computers; it was TensorFlow Lite.",
            ".tflite",
            ("tensorflow", "ai_edge_litert"),
            ("ai-edge-litert",),
            int8=True,
        ),
        ExportFormat(
            "saved_model",
            "SavedModel",
            "TensorFlow Serving, and programs that use TensorFlow.",
            "",
            ("tensorflow",),
            ("tensorflow",),
        ),
    )
}


def variant(name: str, int8: bool) -> str:
    """Returns the name of a format, told apart from that of whole numbers.

    Example:
        >>> variant("litert", True)
        'litert_int8'
    """
    return f"{name}_int8" if int8 else name


def variants() -> list[tuple[ExportFormat, bool]]:
    """Returns all that can be made: formats, each with whether it is of whole numbers."""
    return [(form, int8) for form in FORMATS.values() for int8 in ((False, True) if form.int8 else (False,))]
