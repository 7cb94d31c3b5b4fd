import csv
import hashlib
import io
import zipfile
from dataclasses import dataclass

from tests.faults.client import Client, Refusal
from tests.faults.curators import AutoLabeller, ClassChanger
from tests.faults.people import Exporter, Importer, Labeller, Person, Save, Trainer
from tests.faults.records import Records
from tests.faults.uploaders import Uploader, Zipper


@dataclass
class Judge:
    """Compares what people were told is done with what is there."""

    client: Client
    project: int
    people: list[Person]
    records: Records

    def so_far(self) -> list[str]:
        """While people go on: is everything there that they were told is saved?"""
        saves = [save for person in self._all(Labeller) for save in list(person.saves)]
        images = [image for person in self._all(Uploader) for image in list(person.added)]
        return self.records.problems(saves, images)

    def at_the_end(self) -> list[str]:
        """When nobody works any more: is everything exactly as people were told?"""
        return [
            *self.so_far(), *self.records.damage(), *self._labels(), *self._imports(), *self._uploads(),
            *self._class_changes(), *self._work(), *self._exports(), *self._runs(),
        ]  # fmt: skip

    @property
    def counts(self) -> dict[str, int]:
        return {
            "saves": sum(len(person.saves) for person in self._all(Labeller)),
            "uploads": sum(len(person.added) for person in self._all(Uploader)),
            "imports": sum(person.applied for person in self._all(Importer)),
            "exports": sum(len(person.exports) for person in self._all(Exporter)),
            "zips": sum(person.unpacked for person in self._all(Zipper)),
            "class_changes": sum(person.changed for person in self._all(ClassChanger)),
            "auto_labellings": sum(person.predicted for person in self._all(AutoLabeller)),
            "versions": sum(len(person.versions) for person in self._all(Trainer)),
            "runs": sum(len(person.runs) for person in self._all(Trainer)),
        }

    def jobs(self, state: str = "") -> list[dict]:
        """Long work of every kind, in the projects of all people."""
        projects = sorted({person.project for person in self.people})
        query = f"?state={state}" if state else ""
        return [row for project in projects for row in self.client.pages(f"/api/projects/{project}/jobs/{query}")]

    def _all(self, kind):
        return [person for person in self.people if isinstance(person, kind)]

    def _labels(self) -> list[str]:
        by_image: dict[int, list[Save]] = {}
        for person in self._all(Labeller):
            for save in person.saves:
                by_image.setdefault(save.image, []).append(save)
        return [problem for image, saves in by_image.items() for problem in self._labels_of(image, saves)]

    def _labels_of(self, image: int, saves: list[Save]) -> list[str]:
        """Every save is one revision, there is no other, and the last one is what the image shows."""
        problems = []
        told = {save.revision: save.key for save in saves}
        stored = {each["revision"]: each["key"] for each in self.client.pages(f"/api/images/{image}/revisions/")}
        if stored != told or len(told) != len(saves) or sorted(told) != list(range(1, len(saves) + 1)):
            problems.append(f"image {image}: {len(saves)} saves {told} are not its revisions {stored}")
        now = self.client.call("GET", f"/api/images/{image}/annotations/")
        last = max(saves, key=lambda save: save.revision)
        there = [(each["id"], each["class"]) for each in now["annotations"]]
        if (now["revision"], now["status"], there) != (
            last.revision,
            "labelled",
            [(last.annotation, last.label_class)],
        ):
            problems.append(f"image {image}: saved was {last}, there is {now}")
        return problems

    def _imports(self) -> list[str]:
        problems = []
        names = {row["id"]: row["name"] for row in self.client.pages(f"/api/projects/{self.project}/classes/")}
        for person in self._all(Importer):
            for image, label in person.labels.items():
                now = self.client.call("GET", f"/api/images/{image}/annotations/")
                there = [names[each["class"]] for each in now["annotations"]]
                if (now["revision"], there) != (person.applied, [label]):
                    problems.append(
                        f"image {image}: {person.applied} imports, the last gave it {label}; there is {now}"
                    )
        return problems

    def _class_changes(self) -> list[str]:
        """Every merge and every undo is one revision of each image, after which all are as they were."""
        problems = []
        for person in self._all(ClassChanger):
            for image in person.images:
                now = self.client.call("GET", f"/api/images/{image}/annotations/")
                there = [each["class"] for each in now["annotations"]]
                if (now["revision"], there) != (1 + person.changed, [person.own]):
                    problems.append(f"image {image}: its class was changed {person.changed} times; there is {now}")
        return problems

    def _uploads(self) -> list[str]:
        problems = []
        for person in self._all(Uploader):
            for image, sha256 in person.added.items():
                try:
                    original = self.client.answer("GET", f"/api/images/{image}/file/").content
                    self.client.answer("GET", f"/api/images/{image}/thumbnail/")
                except Refusal as refusal:
                    problems.append(f"image {image}: {refusal}")
                    continue
                if hashlib.sha256(original).hexdigest() != sha256:
                    problems.append(f"image {image}: its original is not what was sent")
        return problems

    def _work(self) -> list[str]:
        return [
            f"{row['kind']} {row['id']} is {row['status']}: {row['error']}"
            for row in self.jobs()
            if row["status"] != "completed"
        ]

    def _exports(self) -> list[str]:
        return [problem for person in self._all(Exporter) for each in person.exports for problem in self._export(each)]

    def _export(self, address: str) -> list[str]:
        row = self.client.call("GET", address)
        content = self.client.answer("GET", self.client.own(row["file"])).content
        if len(content) != row["size_bytes"]:
            return [f"{address}: {len(content)} bytes of {row['size_bytes']}"]
        labels = content
        if row["with_images"]:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if broken := archive.testzip():
                    return [f"{address}: {broken} is damaged"]
                labels = archive.read("labels.csv")
                pictures = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        rows = list(csv.DictReader(io.StringIO(labels.decode())))
        if len(rows) != row["rows"] or any(not each["class"] for each in rows):
            return [f"{address}: {len(rows)} rows of {row['rows']}, or some without a class"]
        if row["with_images"] and not {each["sha256"] for each in rows} <= pictures:
            return [f"{address}: not all pictures are in the archive"]
        return []

    def _runs(self) -> list[str]:
        problems, models = [], []
        for listed in self.client.pages(f"/api/projects/{self.project}/runs/"):
            row = self.client.call("GET", f"/api/runs/{listed['id']}/")
            models.append(row["model"])
            epochs = [each["epoch"] for each in row["history"]]
            if epochs != list(range(1, row["epochs"] + 1)):
                problems.append(f"run {row['id']}: epochs {epochs} of {row['epochs']}")
            problems += self._model(row)
        return problems + ([f"a model belongs to two runs: {models}"] if len(set(models)) != len(models) else [])

    def _model(self, run: dict) -> list[str]:
        try:
            card = self.client.call("GET", f"/api/models/{run['model']}/")
            for url in card["files"].values():
                self.client.answer("GET", url)
        except Refusal as refusal:
            return [f"run {run['id']}: its model cannot be had: {refusal}"]
        return []
