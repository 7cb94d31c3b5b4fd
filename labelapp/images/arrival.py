"""A file on its way in: read, judged and stored before the database is asked anything."""

import contextvars
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.core.files import File
from django.utils.translation import gettext as _

from labelapp.images import originals
from labelapp.images.decoding import Facts, Refused, inspect, pool

LONGEST_NAME = 1000
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # by which an ending can be hidden


@dataclass(frozen=True)
class Arrival:
    """A picture whose original is stored; ``Image.objects.admit`` makes it an image of a project."""

    name: str
    sha256: str
    size_bytes: int
    facts: Facts


@dataclass(frozen=True)
class Outcome:
    """One line of the report: what became of one file."""

    name: str
    status: str  # added, duplicate or refused
    id: int | None = None
    reason: str = ""

    @classmethod
    def refused(cls, name: str, reason: str) -> "Outcome":
        return cls(name, "refused", None, reason)


def receive(name: str, file: File) -> Arrival | Outcome:
    """Judge one file and store its original; a file that cannot be an image comes back as a refusal."""
    name = clean(name)
    if not name:
        return Outcome.refused(name, _("The file has no name."))
    if len(name) > LONGEST_NAME:
        return Outcome.refused(
            name[:LONGEST_NAME], _("The name is longer than {count} characters.").format(count=LONGEST_NAME)
        )
    try:
        facts = inspect(file)
    except Refused as refusal:
        return Outcome.refused(name, str(refusal))
    sha256, size = originals.keep(file)
    return Arrival(name, sha256, size, facts)


def receive_all(files: Iterable[tuple[str, File]]) -> list[Arrival | Outcome]:
    """As ``receive`` for many files, on as many cores as there are decoders; one outcome each, in order."""
    with ThreadPoolExecutor(pool().count) as threads:
        waiting = [threads.submit(_receive_in, contextvars.copy_context(), each) for each in files]
        return [each.result() for each in waiting]


def _receive_in(context: contextvars.Context, file: tuple[str, File]) -> Arrival | Outcome:
    """In the language of the person, which is a context variable that threads do not inherit."""
    return context.run(receive, *file)


def clean(name: str) -> str:
    """A relative path with forward slashes; nothing in it climbs, is empty, turns the rest or is not printed."""
    kept = "".join(each for each in name.replace("\\", "/") if is_plain(each))
    return "/".join(part.strip() for part in kept.split("/") if part.strip() not in ("", ".", ".."))


def is_plain(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and unicodedata.bidirectional(letter) not in TURNING
