import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.projects.models.job import JobFailure
from training.child import Child, early_end
from training.models import ModelExport
from training.results import store

TICK_SECONDS = 1.0


class ModelExporting:
    """One export of a model: the engine's child process makes it, the storage keeps it."""

    def __init__(self, job: ModelExport):
        self.job = job

    def perform(self) -> None:
        model = self.job.model
        if not default_storage.exists(model.stored_file("keras")):
            raise JobFailure(_("The file of this model is gone from the storage."))
        version, images = model.run.version.materialise(settings.CACHE_DIR)
        with tempfile.TemporaryDirectory() as folder:
            archive, log = Path(folder) / "export.zip", Path(folder) / "log.txt"
            arguments = [
                "export", str(model.local_file("keras")), "--version", str(version), "--images", str(images),
                "--cache", str(Path(settings.CACHE_DIR) / "decoded"), "--format", self.job.format,
                *(["--int8"] if self.job.int8 else []), "--output", str(archive),
            ]  # fmt: skip
            with log.open("wb") as errors, Child(arguments, errors) as child:
                result = self._followed(child)
                if result is None:
                    raise JobFailure(early_end(child, log))
            self._keep(archive, result)

    def _followed(self, child: Child) -> dict[str, Any] | None:
        """Its result; None where it has ended without a word."""
        for event in child.events(TICK_SECONDS):
            name = (event or {}).get("event")
            if event and name == "result":
                return event
            if event and name == "error":
                raise JobFailure(f"{event['message']} {event.get('hint', '')}".strip())
            told = event.get("progress") if event and name == "status" else None
            self.job.report(self.job.progress if told is None else told)  # notices that a person has cancelled
        return None

    def _keep(self, archive: Path, result: dict[str, Any]) -> None:
        name = f"{self.job.model.run.result_folder}/exports/{self.job.pk}-{self.job.lease}.zip"
        store(archive, name)
        comparison = result["comparison"] | {"model_size": result["model_size"]}
        try:
            self.job.report(1.0, file=name, comparison=comparison, size_bytes=result["file_size"])
        except BaseException:
            default_storage.delete(name)
            raise
