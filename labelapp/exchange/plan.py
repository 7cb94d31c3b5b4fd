"""What a dry run has decided, kept as a file: a first line about what it saw, then one line per changed image."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage

from labelapp.exchange.models import Import
from labelapp.images.models import Image


@dataclass(slots=True)
class ImageChange:
    """What happens to one image. Rows are whole, as revisions keep them, but name their class in ``class_name``."""

    image: int
    revision: int
    upsert: list[dict[str, Any]] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)
    status: str | None = None
    split: str | None = None
    group: str | None = None

    @property
    def changes_labels(self) -> bool:
        return bool(self.upsert or self.delete or self.status is not None)

    @property
    def empty(self) -> bool:
        return not self.changes_labels and self.split is None and self.group is None


class PlanWriter:
    def __init__(self, folder: Path):
        self._body = (folder / "changes").open("w+", encoding="utf-8")
        self._whole = folder / "plan"
        self._revisions: dict[int, int] = {}
        self.skeletons: dict[str, Any] = {}  # that classes get
        self.count = 0

    def saw(self, image: int, revision: int) -> None:
        self._revisions[image] = revision

    def add(self, change: ImageChange) -> None:
        self._body.write(json.dumps({each.name: getattr(change, each.name) for each in fields(change)}) + "\n")
        self.count += 1

    def save(self, job: Import, classes: dict[str, int | None]) -> str:
        """Keep the plan in the storage and return its name."""
        head = {"revisions": list(self._revisions.items()), "classes": classes, "count": self.count}
        head["skeletons"] = self.skeletons
        with self._whole.open("w", encoding="utf-8") as file:
            file.write(json.dumps(head) + "\n")
            self._body.seek(0)
            shutil.copyfileobj(self._body, file)
        self._body.close()
        with self._whole.open("rb") as content:
            return default_storage.save(f"imports/{job.pk}/plan", File(content))


class Plan:
    def __init__(self, job: Import, head: dict[str, Any]):
        self.job = job
        self.revisions: dict[int, int] = dict(head["revisions"])
        self.classes: dict[str, int | None] = head["classes"]
        self.count: int = head["count"]
        self.skeletons: dict[str, Any] = head.get("skeletons", {})

    @classmethod
    def load(cls, job: Import) -> "Plan":
        with default_storage.open(str(job.plan)) as file:
            head = json.loads(file.readline())
        return cls(job, head)

    def outdated(self) -> bool:
        """Whether an image or a class is no longer what the dry run saw."""
        images = Image.objects.filter(project=self.job.project_id).kept().values_list("pk", "revision")
        now = {pk: revision for pk, revision in images.iterator(chunk_size=2000) if pk in self.revisions}
        classes = dict(self.job.project.classes.values_list("name", "pk"))
        return now != self.revisions or any(classes.get(name) != pk for name, pk in self.classes.items())

    def changes(self) -> Iterator[ImageChange]:
        with default_storage.open(str(self.job.plan)) as file:
            lines: Any = file.file  # Django's File would begin at the start again
            lines.readline()
            for line in lines:
                yield ImageChange(**json.loads(line))
