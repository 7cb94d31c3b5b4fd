"""Which image of the project a row of a file means: by id, else by SHA-256, else by name."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from labelapp.formats.records import ImageRecord, Row
from labelapp.images.models import Image
from labelapp.lib.text import shorten
from labelapp.projects.models import Project


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
        return self._named(record.name)

    def _named(self, name: str) -> Match:
        exact = self._by_name.get(name, [])
        if len(exact) == 1:
            return exact[0]
        if len(exact) > 1:
            raise Unmatched(self._ambiguous(name, len(exact)), False)
        if not name:
            raise Unmatched(_("The row names no image."), False)
        similar = self._similar(name)
        if len(similar) == 1:
            return next(self._read(pk__in=similar))
        if similar:
            raise Unmatched(self._ambiguous(name, len(similar)), False)
        raise Unmatched(_("This project has no image “{name}”. Upload it first.").format(name=shorten(name, 200)), True)

    def _similar(self, name: str) -> list[int]:
        """Images whose path ends with the name, or whose name the path ends with."""
        path = tidy(name)
        found = []
        for pk, other in self._last_parts.get(path.rsplit("/", 1)[-1], []):
            own = tidy(other)
            if f"/{own}".endswith(f"/{path}") or f"/{path}".endswith(f"/{own}"):
                found.append(pk)
        return found

    @cached_property
    def _last_parts(self) -> dict[str, list[tuple[int, str]]]:
        """Read only when a file names images without, or with other, folders."""
        parts: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for pk, name in self._images.values_list("pk", "name").iterator(chunk_size=2000):
            parts[tidy(name).rsplit("/", 1)[-1]].append((pk, name))
        return parts

    def _read(self, **conditions):
        if not next(iter(conditions.values())):
            return iter(())
        rows = self._images.filter(**conditions).values_list("pk", "sha256", "name", "width", "height")
        return (Match(*row) for row in rows)

    def _ambiguous(self, name: str, count: int) -> str:
        message = _("{count} images are called “{name}”. Name the folder too, or give the column sha256.")
        return message.format(count=count, name=shorten(name, 200))


def tidy(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./").strip("/")
