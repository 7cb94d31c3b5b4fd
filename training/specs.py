"""RunSpecs as people send them: validated, and their weights found on this server."""

import uuid
from pathlib import Path
from typing import Any

import pydantic
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.lib.text import shorten
from training.engine.spec import ResolvedSpec, RunSpec, field_errors

WEIGHT_SUFFIXES = (".h5", ".keras")


def validated(spec: dict[str, Any]) -> RunSpec:
    """The spec, or ValidationError with one sentence per wrong field, as ``spec.<field>``."""
    try:
        return RunSpec.model_validate(spec)
    except pydantic.ValidationError as error:
        problems = field_errors(error)
        raise ValidationError({f"spec.{name}" if name else "spec": [text] for name, text in problems.items()}) from None


def resolved(spec: RunSpec, version) -> ResolvedSpec:
    """The spec with every empty field filled in, as the engine will on this version."""
    return spec.resolved(training_samples(spec, version) or None, version.statistics.get("largest_edge") or None)


def training_samples(spec: RunSpec, version) -> int:
    """What an epoch learns from: the images of the training split, or their tiles where a spec cuts them."""
    if not spec.tile:
        return version.counts.get("train") or 0
    from training.engine.data.windows import windows

    sizes = version.sizes("train")
    return sum(len(windows(width, height, spec.tile, spec.tile_overlap)) for width, height in sizes)


def classes_of(version) -> int:
    """How many classes a version has."""
    return len(version.counts.get("classes", {}))


def start_file(spec: RunSpec, project) -> str:
    """What the engine is to start from: ``none``, ``imagenet`` or the path of a file on this machine.

    Raises:
        ValidationError: there is no such file or model.
    """
    from training.models import Model

    weights = spec.weights
    if weights in ("none", "imagenet"):
        return str(weights)
    if not isinstance(weights, str):
        model = Model.objects.filter(project=project, pk=weights.model).first()
        if model is None:
            raise problem(_("There is no model {id} in this project.").format(id=weights.model))
        if not default_storage.exists(model.stored_file("keras")):
            raise problem(_("The file of the model {id} is gone from the storage.").format(id=weights.model))
        return str(model.local_file("keras"))
    path = Path(settings.WEIGHTS_DIR) / weights  # an absolute path stays itself
    if belongs_to_the_site(path):
        raise problem(_("This file is the site's own. Choose the model by its id, or copy the file elsewhere."))
    if not path.name.endswith(WEIGHT_SUFFIXES):
        message = _("A weights file ends in .h5, .weights.h5 or .keras; {path} does not.")
        raise problem(message.format(path=shorten(weights)))
    if not is_file(path):
        raise problem(
            _("The server has no weights file {path}. Give a full path, or put the file into {folder}.").format(
                path=shorten(weights, 300), folder=settings.WEIGHTS_DIR
            )
        )
    return str(path)


def belongs_to_the_site(path: Path) -> bool:
    """Models of all projects lie in the storage: by its path a stranger could take one."""
    kept = (settings.MEDIA_ROOT, settings.CACHE_DIR, settings.RUNS_DIR)
    return any(path.resolve().is_relative_to(Path(each).resolve()) for each in kept)


def is_file(path: Path) -> bool:
    """False for a name that no file can have, too."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def weight_files() -> list[str]:
    """Names of the files in the server's weights folder."""
    folder = Path(settings.WEIGHTS_DIR)
    if not folder.is_dir():
        return []
    return sorted(each.name for each in folder.iterdir() if each.name.endswith(WEIGHT_SUFFIXES))


def problem(text: str) -> ValidationError:
    return ValidationError({"spec.weights": [text]})


def local_copy(name: str, cache: Path, changes: bool = False) -> Path:
    """A stored file as a path on this machine: itself on a local disk, else a copy that is made once.

    Args:
        changes: whether the stored file may have become another one since it was copied.
    """
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        target = cache / name
        if not target.exists() or (changes and is_older(target, name)):
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
            with default_storage.open(name) as source, partial.open("wb") as file:
                for chunk in source.chunks():
                    file.write(chunk)
            partial.replace(target)
        return target


def is_older(copy: Path, name: str) -> bool:
    return copy.stat().st_mtime < default_storage.get_modified_time(name).timestamp()
