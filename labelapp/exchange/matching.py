"""Which image of the project a row of a file means: by id, else by SHA-256, else by name."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from labelapp.formats.records import ImageRecord, Row
from labelapp.images.models import Image
from labelapp.lib.text import shorten
from labelapp.projects.models import Project

Parts = dict[str, list[tuple[int, str]]]  # ids and paths of images by the last part of the path


class Unmatched(Exception):
    """No image, or more than one. ``missing`` tells the two apart."""

    def __init__(self, message: str, missing: bool):
        super().__init__(message)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Match:
    pk: int
    sha256: str
    name: str
    width: int
    height: int


class Matching:
    def __init__(self, project: Project):
        self._images = Image.objects.filter(project=project).kept()
        self._by_id: dict[int, Match] = {}
        self._by_sha: dict[str, Match] = {}
        self._by_name: dict[str, list[Match]] = {}

    def learn(self, rows: list[Row]) -> None:
        """Look up everything that these rows name with three queries; forgets the rows before."""
        ids = {row.image.id for row in rows if row.image.id is not None and 0 < row.image.id < 2**63}
        shas = {row.image.sha256 for row in rows if row.image.sha256}
        names = {row.image.name for row in rows if row.image.name}
        self._by_id = {match.pk: match for match in self._read(pk__in=ids)}
        self._by_sha = {match.sha256: match for match in self._read(sha256__in=shas)}
        self._by_name = defaultdict(list)
        for match in self._read(name__in=names):
            self._by_name[match.name].append(match)

    def image_of(self, record: ImageRecord) -> Match:
        """
        Raises:
            Unmatched: with a sentence for the person.
        """
        by_id = self._by_id.get(record.id or 0)
        if by_id and (not record.sha256 or by_id.sha256 == record.sha256):  # ids of another project mean nothing here
            return by_id
        if record.sha256:
            found = self._by_sha.get(record.sha256)
            if found:
                return found
            raise Unmatched(_("No image of this project has this content. Upload the image first."), True)
        return self._stem(record.name) if record.stem_only else self._named(record.name)

    def _named(self, name: str) -> Match:
        exact = self._by_name.get(name, [])
        if len(exact) == 1:
            return exact[0]
        if len(exact) > 1:
            raise Unmatched(self._ambiguous(name, len(exact)), False)
        if not name:
            raise Unmatched(_("The row names no image."), False)
        return self._similar(name, self._last_parts)

    def _stem(self, name: str) -> Match:
        """The image whose name is this but for its suffix, else the one whose path is."""
        path = tidy(name)
        same = [pk for pk, own in self._last_stems.get(path.rsplit("/", 1)[-1], []) if own == path]
        return next(self._read(pk__in=same)) if len(same) == 1 else self._similar(name, self._last_stems)

    def _similar(self, name: str, parts: Parts) -> Match:
        """The image whose path ends with the name, or whose name the path ends with."""
        path = tidy(name)
        found = [
            pk
            for pk, own in parts.get(path.rsplit("/", 1)[-1], [])
            if f"/{own}".endswith(f"/{path}") or f"/{path}".endswith(f"/{own}")
        ]
        if len(found) == 1:
            return next(self._read(pk__in=found))
        if found:
            raise Unmatched(self._ambiguous(name, len(found)), False)
        raise Unmatched(_("This project has no image “{name}”. Upload it first.").format(name=shorten(name, 200)), True)

    @cached_property
    def _last_parts(self) -> Parts:
        """Read only when a file names images without, or with other, folders."""
        parts: Parts = defaultdict(list)
        for pk, name in self._images.values_list("pk", "name").iterator(chunk_size=2000):
            parts[tidy(name).rsplit("/", 1)[-1]].append((pk, tidy(name)))
        return parts

    @cached_property
    def _last_stems(self) -> Parts:
        stems: Parts = defaultdict(list)
        for images in self._last_parts.values():
            for pk, name in images:
                path = stem_of(name)
                stems[path.rsplit("/", 1)[-1]].append((pk, path))
        return stems

    def _read(self, **conditions):
        if not next(iter(conditions.values())):
            return iter(())
        rows = self._images.filter(**conditions).values_list("pk", "sha256", "name", "width", "height")
        return (Match(*row) for row in rows)

    def _ambiguous(self, name: str, count: int) -> str:
        message = _("{count} images are called “{name}”. Name the folder too, or give the column sha256.")
        return message.format(count=count, name=shorten(name, 200))


def stem_of(path: str) -> str:
    return str(PurePosixPath(path).with_suffix("")) if PurePosixPath(path).name else path


def tidy(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./").strip("/")
