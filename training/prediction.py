import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from labelapp.annotations.models import Suggestion
from labelapp.annotations.models.prediction import ImagePrediction, Proposed
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.projects.models.job import JobFailure
from training.child import Child, early_end
from training.models import Prediction
from training.specs import local_copy

BATCH = 200


class Predicting:
    """One auto-label job: images through the engine's child process, suggestions into the project."""

    def __init__(self, job: Prediction):
        self.job = job
        self.counts = {"images": 0, "suggestions": 0, "failed": 0}
        self._classes = self._matched_classes()
        self._threshold = job.threshold or job.model.least_score

    def perform(self) -> None:
        images = self._images()
        if not images:
            raise JobFailure(_("No image fits the filters: nothing to predict."))
        model = str(self.job.model.answering_file())
        with tempfile.TemporaryDirectory() as folder:
            listing, log = Path(folder) / "images.txt", Path(folder) / "log.txt"
            listing.write_text("".join(f"{self._path(sha256)}\n" for _pk, sha256 in images))
            arguments = ["predict", "--model", model, "--list", str(listing), "--json", "--top", "1000"]
            with log.open("wb") as errors, Child(arguments, errors) as child:
                self._consume(child, [pk for pk, _sha256 in images])
                if self.counts["images"] < len(images):
                    raise JobFailure(self._reason(child, log))

    def _consume(self, child: Child, ids: list[int]) -> None:
        for batch in batches(self._answers(child), BATCH):
            predictions = []
            for answer in batch:
                image = ids[self.counts["images"]]
                self.counts["images"] += 1
                if "error" in answer:
                    self.counts["failed"] += 1
                else:
                    predictions.append(self._prediction(image, answer))
            self.counts["suggestions"] += Suggestion.objects.propose(self.job.model_id, predictions)
            self.job.report(self.counts["images"] / len(ids), counts=self.counts)

    def _answers(self, child: Child) -> Iterator[dict[str, Any]]:
        self.error = ""
        for answer in child.events(tick=2.0):
            if answer is None:
                self.job.report(self.job.progress)  # notices that a person has cancelled
            elif "path" in answer:
                yield answer
            elif answer.get("event") == "error":
                self.error = f"{answer['message']} {answer.get('hint', '')}".strip()

    def _prediction(self, image: int, answer: dict[str, Any]) -> ImagePrediction:
        one = self.job.model.task == "classification"
        found = answer["predictions"][:1] if one else answer["predictions"]
        proposed = [
            Proposed(self._classes[each["class_id"]], each["score"], each.get("shape", "tag"), each.get("geometry", {}))
            for each in found
            if each["score"] >= self._threshold and each["class_id"] in self._classes
        ]
        return ImagePrediction(image, answer["uncertainty"], proposed)

    def _matched_classes(self) -> dict[int, int]:
        """The model's class ids -> the project's, by id, else by name: classes may have been made anew."""
        ours = list(self.job.project.classes.values_list("pk", "name"))
        ids, names = {pk for pk, _name in ours}, {name: pk for pk, name in ours}
        theirs = self.job.model.card["classes"]
        return {
            each["id"]: each["id"] if each["id"] in ids else names[each["name"]]
            for each in theirs
            if each["id"] in ids or each["name"] in names
        }

    def _images(self) -> list[tuple[int, str]]:
        images = Image.objects.filter(project=self.job.project)
        return list(ImageFilters(self.job.filters).apply(images).order_by("pk").values_list("pk", "sha256"))

    def _path(self, sha256: str) -> Path:
        return local_copy(f"originals/{sha256[:2]}/{sha256}", Path(settings.CACHE_DIR))

    def _reason(self, child: Child, log: Path) -> str:
        return self.error or early_end(child, log)


def batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Lists of up to ``size`` items."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
