"""One trial of a spec, in the engine's child process: a dry run, or the search for a learning rate."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.projects.errors import describe
from labelapp.projects.models.job import JobFailure
from training.child import Child, tail
from training.models.trial import Trial, TrialKind
from training.specs import start_file, validated

STAGES = 7  # of a dry run
TICK_SECONDS = 1.0

# Which field of the form an error is about, where its code tells.
FIELDS = {
    "missing_weights": "weights", "wrong_weights": "weights", "download_failed": "weights",
    "unknown_preset": "preset", "out_of_memory": "batch_size", "diverged": "learning_rate",
    "bad_version": "version", "too_few_images": "version", "single_class": "version", "several_classes": "version",
    "too_many_classes": "version", "corrupt_image": "version",
}  # fmt: skip


class Trying:
    """What the train worker does with one queued trial."""

    def __init__(self, trial: Trial):
        self.trial = trial

    def perform(self) -> None:
        arguments = self._prepare()
        log_file = self.trial.work_folder / "log.txt"
        with log_file.open("wb") as log, Child(arguments, log) as child:
            for event in child.events(TICK_SECONDS):
                getattr(self, f"_{(event or {}).get('event', 'nothing')}", self._nothing)(event or {})
            code = child.returncode
        if not self.trial.outcome:
            raise JobFailure(self._reason(code, log_file))

    def _prepare(self) -> list[str]:
        """Write the engine's spec and bring the version here; returns the command's arguments."""
        trial, folder = self.trial, self.trial.work_folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            spec = validated(trial.spec)
            spec = spec.model_copy(update={"weights": start_file(spec, trial.project)})
        except ValidationError as error:
            raise JobFailure(describe(error)["message"]) from None
        spec_file = folder / "spec.json"
        spec_file.write_text(json.dumps(spec.model_dump(mode="json", exclude_unset=True)))
        version, images = trial.version.materialise(settings.CACHE_DIR)
        on_version = [
            str(spec_file), "--version", str(version), "--images", str(images),
            "--cache", str(Path(settings.CACHE_DIR) / "decoded"),
        ]  # fmt: skip
        if trial.kind == TrialKind.CHECK:
            return ["check", *on_version, "--output", str(folder)]
        return ["find-rate", *on_version]

    def _nothing(self, event: dict[str, Any]) -> None:
        self.trial.report(self.trial.progress)  # notices that a person has cancelled

    def _status(self, event: dict[str, Any]) -> None:
        searching = self.trial.kind == TrialKind.RATE and event["status"] == "running"
        progress = (event.get("progress") or 0.0) if searching else self.trial.progress
        self.trial.report(progress, message=event.get("message") or "")

    def _check(self, event: dict[str, Any]) -> None:
        stages = self.trial.stages | {event["stage"]: event["seconds"]}
        self.trial.report(len(stages) / STAGES, stages=stages)

    def _result(self, event: dict[str, Any]) -> None:
        outcome = {name: value for name, value in event.items() if name not in ("event", "time", "status", "stages")}
        self.trial.report(1.0, message="", outcome=outcome)

    def _error(self, event: dict[str, Any]) -> None:
        code = event.get("code", "")
        fields = event.get("fields") or ({FIELDS[code]: event["message"]} if code in FIELDS else {})
        problem = {name: event.get(name, "") for name in ("code", "message", "hint")} | {"fields": fields}
        self.trial.report(self.trial.progress, message="", problem=problem)

    def _reason(self, code: int | None, log: Path) -> str:
        problem = self.trial.problem
        if problem:
            return f"{problem['message']} {problem['hint']}".strip()
        return _("The engine ended early ({code}). {log}").format(code=code, log=tail(log, 2000)[-500:])
