"""The work of making a version: select, split, write the folder, describe it."""

import json
import tempfile
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from labelapp.lib import stored
from labelapp.projects.models import LabelClass
from labelapp.projects.models.job import JobFailure
from labelapp.projects.models.label_class import ClassNames
from labelapp.versions.content import Frozen, Selected, portions, read, select, selected_images
from labelapp.versions.digest import VersionHash, annotations_of
from labelapp.versions.models.version import DESCRIPTION, INDEX, MANIFEST, GroupBy, Version
from labelapp.versions.split import Candidate, split_images
from labelapp.versions.statistics import Statistics


class Freezing:
    def __init__(self, version: Version):
        self.version = version
        self.classes = list(LabelClass.objects.filter(project=version.project_id).order_by("position", "id"))
        self.names = ClassNames(self.classes)
        skeletons = {each.name: each.skeleton for each in self.classes if each.skeleton}
        self.hash = VersionHash([each.name for each in self.classes], skeletons)
        self.statistics = Statistics(self.names)

    def perform(self) -> None:
        stored.remove_folder(f"versions/{self.version.pk}/{self.version.lease - 1}")  # of an attempt that died
        if not self.classes:
            raise JobFailure(_("The project has no label classes. Add the classes, label some images, then freeze."))
        selection = select(selected_images(self.version.project, self.version.filters))
        if not selection:
            raise JobFailure(self._nothing())
        self.version.report(0.05)
        splits = self._split(selection)
        try:
            self._write(selection, splits)
        except BaseException:
            stored.remove_folder(self.version.folder)
            raise

    def _nothing(self) -> str:
        if self.version.filters:
            return _("No image matches these filters. Choose wider filters, or label images first.")
        return _("No image is labelled yet. Label some images, then freeze a version.")

    def _split(self, selection: list[Selected]) -> dict[str, str]:
        candidates = (
            Candidate(each.sha256, group_of(each, self.version.group_by), frozenset(each.classes), each.split)
            for each in selection
        )
        return split_images(candidates, self.version.split, self.version.seed, self.version.stratify)

    def _write(self, selection: list[Selected], splits: dict[str, str]) -> None:
        from labelapp.versions.manifest import ManifestWriter  # pyarrow: not in the web process

        with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as name:
            folder = Path(name)
            writer = ManifestWriter(folder / MANIFEST, folder / INDEX)
            done = 0
            for portion in portions(selection):
                images = read(portion)
                writer.add(images, splits, self._take_in(images, splits))
                done += len(portion)
                self.version.report(0.05 + 0.9 * done / len(selection))
            writer.close()
            for file in (MANIFEST, INDEX):
                with (folder / file).open("rb") as content:
                    default_storage.save(f"{self.version.folder}/{file}", File(content))
            size_bytes = sum((folder / file).stat().st_size for file in (MANIFEST, INDEX))
        self._describe(size_bytes)

    def _take_in(self, images: list[Frozen], splits: dict[str, str]) -> dict[str, str]:
        labels = {}
        for image in images:
            part = splits[image.sha256]
            self.statistics.add(image, part)
            labels[image.sha256] = self.hash.add(image, part, annotations_of(image, self.names))
        return labels

    def _describe(self, size_bytes: int) -> None:
        """Last: a folder with a version.json is whole."""
        version, counts = self.version, self.statistics.counts()
        description: dict[str, Any] = {
            "format": 1, "project": version.project.name, "number": version.number, "hash": self.hash.hexdigest(),
            "kind": version.project.kind, "split": version.split, "counts": counts,
            "classes": [described(each) for each in self.classes],
        }  # fmt: skip
        content = json.dumps(description, ensure_ascii=False, indent=1).encode()
        default_storage.save(f"{version.folder}/{DESCRIPTION}", ContentFile(content))
        statistics = self.statistics.as_dict() | {"warnings": self._warnings(counts)}
        size_bytes += len(content)
        version.report(1.0, hash=description["hash"], counts=counts, statistics=statistics, size_bytes=size_bytes)

    def _warnings(self, counts: dict[str, Any]) -> list[str]:
        warnings = []
        if not counts["train"]:
            warnings.append(_("No image is for training: give the training part a share, and freeze again."))
        if not counts["validation"] and not counts["test"]:
            warnings.append(_("No image is for validation or test: nothing would tell how good a model is."))
        parts: dict[tuple[str, ...], list[str]] = defaultdict(list)  # by the classes that they lack
        for part, name in (("train", _("train")), ("validation", _("validation")), ("test", _("test"))):
            if self.version.split.get(part) or counts[part]:
                parts[tuple(each for each, of in counts["classes"].items() if not of[part])].append(name)
        for missing, names in parts.items():
            if missing:
                sample = ", ".join(missing[:10]) + ("…" if len(missing) > 10 else "")
                text = _("No image in {parts} for {count} of the classes: {sample}. Label more images of them.")
                warnings.append(text.format(parts=", ".join(names), count=len(missing), sample=sample))
        return warnings


def described(label_class: LabelClass) -> dict[str, Any]:
    fields = {"id": label_class.pk, "name": label_class.name, "color": label_class.color}
    return fields | {"skeleton": label_class.skeleton} if label_class.skeleton else fields


def group_of(image: Selected, group_by: str) -> str:
    if group_by == GroupBy.GROUP:
        return image.group
    if group_by == GroupBy.FOLDER:
        parent = str(PurePosixPath(image.name).parent)
        return "" if parent == "." else parent
    return ""
