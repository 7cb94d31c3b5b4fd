"""Keeping what a run has produced."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from labelapp.lib import stored
from training.models import Model, Run

SKIPPED = {"checkpoints"}


def keep_result(run: Run, result: dict[str, Any], status: str) -> bool:
    """Copy the result folder to the storage and end the run with its model; False when the run is not ours any more."""
    folder = run.work_folder / "result"
    size_bytes = 0
    for path in folder.iterdir():
        if path.name not in SKIPPED and path.is_file():
            store(path, f"{run.result_folder}/{path.name}")
            size_bytes += path.stat().st_size
    board = folder / "tensorboard"
    if board.is_dir():
        packed = Path(shutil.make_archive(str(run.work_folder / "tensorboard"), "zip", board))
        store(packed, run.stored_tensorboard)
        size_bytes += packed.stat().st_size
    card = json.loads((folder / "card.json").read_text()) | {
        "run": run.pk,
        "tensorboard": board.is_dir(),
        "version": {"id": run.version_id, "number": run.version.number, "hash": run.version.hash},
    }
    with transaction.atomic():
        ended = run.update_mine(
            status=status, metrics=result["metrics"], message="", error={}, finished_at=timezone.now(),
            size_bytes=size_bytes,
        )  # fmt: skip
        if not ended:
            return False
        fields = {"project": run.project, "name": run.name, "task": card["task"], "card": card}
        model, _made = Model.objects.update_or_create(run=run, defaults=fields)
        for export in model.exports.all():  # of a run that was resumed: they are of the weights of before
            export.discard()
    # A stopped run can be resumed: its checkpoints stay. A completed one needs nothing here any more but its log.
    if status == "completed":
        run.checkpoints.all().delete()
        shutil.rmtree(folder, ignore_errors=True)
    return True


def keep_log(run: Run) -> None:
    """Web servers elsewhere read it from the storage."""
    if run.log_file.exists():
        store(run.log_file, run.stored_log)


def store(path: Path, name: str) -> None:
    with path.open("rb") as file:
        stored.replace(name, File(file))
