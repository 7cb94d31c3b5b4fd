"""The report of a dry run: counts, and the first errors by file, line and column."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from labelapp.exchange.spool import Spooled
from labelapp.formats.errors import Errors
from labelapp.formats.records import Row
from labelapp.lib.text import shorten

NAMES_SHOWN = 100


@dataclass(slots=True)
class Report:
    file: str
    format: str = ""
    unreadable: bool = False  # not all of the file was looked at
    errors: Errors = field(default_factory=Errors)
    images_matched: int = 0
    images_changed: int = 0
    missing: dict[str, None] = field(default_factory=dict)
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    classes_new: list[str] = field(default_factory=list)
    skeletons: list[str] = field(default_factory=list)  # classes that get the one of the file
    # Images that cannot be labelled yet, as a required attribute has no value: kept in progress.
    incomplete: Errors = field(default_factory=Errors)
    images_incomplete: int = 0

    def refuse(self, row: Row | Spooled, column: str, text: str) -> None:
        self.errors.add(row.line, column, "{text}", file=row.file, item=row.item, text=text)

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "unreadable": self.unreadable,
            "images_matched": self.images_matched,
            "images_missing": len(self.missing),
            "images_changed": self.images_changed,
            "missing": [shorten(name, 200) for name in islice(self.missing, NAMES_SHOWN)],
            "annotations": {
                "added": self.added, "updated": self.updated, "unchanged": self.unchanged, "removed": self.removed,
            },
            "classes_new": self.classes_new,
            "skeletons": self.skeletons,
            "images_incomplete": self.images_incomplete,
            "incomplete": self._listed(self.incomplete),
            "errors": self._listed(self.errors),
            "error_count": self.errors.count,
        }  # fmt: skip

    def _listed(self, errors: Errors) -> list[dict[str, Any]]:
        return [
            {"file": each.file or self.file, "line": each.line, "column": each.column,
             "message": _(each.message).format(**each.values)}
            for each in sorted(errors.first, key=lambda each: (each.file, each.line))
        ]  # fmt: skip
