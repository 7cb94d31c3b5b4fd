"""Starting from weights that exist: by name, from a file, or from a model trained here."""

import os
import socket
import zipfile
from dataclasses import dataclass
from pathlib import Path

import h5py
import keras
import numpy as np

from training.engine import zoo
from training.engine.data.frame import Frame
from training.engine.errors import EngineError
from training.engine.tasks.task import Task
from training.engine.zoo.build import build, build_backbone, levels_of

_DOWNLOAD_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Start:
    """A model ready to be trained, and what it starts from.

    Args:
        model: built, with its weights.
        loaded: a sentence on what was loaded, and what was not.
    """

    model: keras.Model
    loaded: str


def start(name: str, task: Task, frame: Frame, dropout: float, weights: str, folder: Path | None = None) -> Start:
    """Builds a model and loads its weights.

    Args:
        name: of the preset.
        task: what is to be learnt.
        frame: the size of the input.
        dropout: before the last layer.
        weights: `none`, `imagenet`, or the path of a file: a no-top `.h5` of Keras Applications, a `.weights.h5`, or a
            `.keras` model.
        folder: where relative paths start; None: the working folder.

    Raises:
        EngineError: `missing_weights`, `wrong_weights` or `download_failed`.
    """
    if weights == "none":
        model = build(name, task, frame, dropout)
        return Start(model, "Every layer starts from random weights.")
    if weights == "imagenet":
        return Start(
            build(name, task, frame, dropout, _published(name, task, frame)),
            "Loaded ImageNet weights into the backbone; what comes behind it starts from random weights.",
        )
    path = (folder or Path()) / Path(weights).expanduser()
    if not path.is_file():
        raise EngineError(
            "missing_weights",
            f"There is no weights file {weights}.",
            "Check the path: it must lie on the machine that trains.",
        )
    if _is_application_file(path):
        return Start(
            build(name, task, frame, dropout, _from_application_file(name, task, frame, path)),
            f"Loaded {path.name} into the backbone; what comes behind it starts from random weights.",
        )
    model = build(name, task, frame, dropout)
    return Start(model, _transfer(model, path))


def _published(name: str, task: Task, frame: Frame) -> keras.Model:
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_DOWNLOAD_TIMEOUT_SECONDS)
    try:
        return build_backbone(name, frame, levels_of(task), weights="imagenet")
    except Exception as error:  # Keras raises bare Exception when a download fails
        raise EngineError(
            "download_failed",
            f"The ImageNet weights of {zoo.get(name).title} could not be downloaded: {error}",
            "Download the file on a machine with network access and give its path as the weights.",
        ) from error
    finally:
        socket.setdefaulttimeout(before)


def _is_application_file(path: Path) -> bool:
    """Returns whether a file is HDF5 in the layout of Keras Applications."""
    if not h5py.is_hdf5(path):
        return False
    with h5py.File(path) as file:
        return "layer_names" in file.attrs


def _from_application_file(name: str, task: Task, frame: Frame, path: Path) -> keras.Model:
    if zoo.get(name).family != "keras_applications":
        raise _wrong(path, name, "it holds weights of a Keras Applications network")
    try:
        return build_backbone(name, frame, levels_of(task), weights=os.fspath(path))
    except (ValueError, KeyError, OSError) as error:
        raise _wrong(path, name, str(error).splitlines()[0]) from error


def _transfer(model: keras.Model, path: Path) -> str:
    """Copies what fits from a `.keras` or `.weights.h5` file; returns a sentence about it."""
    try:
        source = _weights_of_model(path) if zipfile.is_zipfile(path) else _weights_of_file(model, path)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise _wrong(path, model.name, str(error).splitlines()[0]) from error
    backbone = {id(weight) for weight in model.get_layer("backbone").weights}
    fitted, fresh, useful = 0, [], 0
    for key, weight in _named(model):
        value = source.get(key)
        if value is None or tuple(value.shape) != tuple(weight.shape):
            fresh.append(key)
            continue
        weight.assign(value)
        fitted += 1
        useful += id(weight) in backbone
    # Two networks may share a layer by chance; below half it is another network.
    if useful < len(backbone) / 2:
        raise _wrong(path, model.name, f"{useful} of the backbone's {len(backbone)} weights fit")
    left = f" Started afresh: {', '.join(fresh[:6])}{' ...' if len(fresh) > 6 else ''}." if fresh else ""
    return f"Loaded {fitted} of {fitted + len(fresh)} weights from {path.name}.{left}"


def _named(model: keras.Model) -> list[tuple[str, keras.Variable]]:
    """Returns every weight with a name that is the same in every build of the same architecture."""
    counts: dict[str, int] = {}
    named = []
    for weight in model.weights:
        counts[weight.path] = counts.get(weight.path, 0) + 1
        named.append((f"{weight.path}#{counts[weight.path]}" if counts[weight.path] > 1 else weight.path, weight))
    return named


def _weights_of_model(path: Path) -> dict[str, np.ndarray]:
    source = keras.saving.load_model(path, compile=False)
    return {key: keras.ops.convert_to_numpy(weight) for key, weight in _named(source)}


def _weights_of_file(model: keras.Model, path: Path) -> dict[str, np.ndarray]:
    """Reads a `.weights.h5` by loading it into a twin of the model; what did not change was not in the file."""
    if not h5py.is_hdf5(path):
        raise ValueError("it is neither a Keras model nor HDF5")
    twin = keras.models.clone_model(model)
    marked = {key: np.full(weight.shape, np.nan, np.float32) for key, weight in _named(twin)}
    twin.set_weights(list(marked.values()))
    twin.load_weights(path, skip_mismatch=True)
    loaded = {key: keras.ops.convert_to_numpy(weight) for key, weight in _named(twin)}
    return {key: value for key, value in loaded.items() if not np.isnan(value).all()}


def _wrong(path: Path, name: str, reason: str) -> EngineError:
    return EngineError(
        "wrong_weights",
        f"{path.name} does not fit {zoo.get(name).title}: {reason}.",
        "Choose a file made for this model, or the model this file was made for.",
    )
