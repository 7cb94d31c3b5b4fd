"""Compares what people saw with what the database holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.faults.two_browsers.notes import Made, Notes

FIELDS = ("class", "shape", "geometry")
Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Revision:
    """As the database has it."""

    image: int
    number: int
    key: str
    upsert: list[dict]
    delete: list[str]
    status: str
    at: float

    def on(self, rows: Rows) -> Rows:
        left = {key: row for key, row in rows.items() if key not in self.delete}
        return left | {row["id"]: row for row in self.upsert}


@dataclass
class Judge:
    notes: Notes
    revisions: list[Revision]  # of each image from its first
    rows: dict[int, Rows]  # the annotations of each image, as they are now

    def problems(self) -> list[str]:
        return [*self._revisions(), *self._missing()]

    def _revisions(self) -> Iterator[str]:
        """Every revision is what one person did, and undoes nothing that this person had not seen."""
        now: dict[int, Rows] = {image: {} for image in self.rows}
        for revision in self.revisions:
            before = now[revision.image]
            after = now[revision.image] = revision.on(before)
            made = self.notes.made.get(revision.key)
            if made is None:
                yield f"{named(revision)} is of nobody"
                continue
            yield from self._more_than_was_done(revision, made, before, after)
            yield from self._over_what_was_unseen(revision, made, before)
            yield from self._less_than_was_done(revision, made, after)
        for image, rows in self.rows.items():
            if plain(rows) != plain(now[image]):
                yield f"image {image} holds {plain(rows)}, its revisions end with {plain(now[image])}"

    def _more_than_was_done(self, revision: Revision, made: Made, before: Rows, after: Rows) -> Iterator[str]:
        done, mine = effects(made), self._answered(revision, made, {"mine"})
        for identifier in before.keys() | after.keys():
            for what, value in differences(before.get(identifier), after.get(identifier)):
                if done.get((identifier, what), ...) == value or identifier in mine:
                    continue
                yield f"{said(revision, made)} changed {what} of {identifier} to {value}, which nobody asked for"

    def _over_what_was_unseen(self, revision: Revision, made: Made, before: Rows) -> Iterator[str]:
        mine = self._answered(revision, made, {"mine"})
        written = {row["id"]: row for row in revision.upsert}  # the rest was given up
        for (identifier, what), value in effects(made).items():
            there = before.get(identifier)
            if identifier not in mine and (identifier in written or identifier in revision.delete):
                unseen = unseen_of(made.before.get(identifier), there, what, written.get(identifier))
                if unseen and not (there and what in there and there[what] == value):
                    yield f"{said(revision, made)} changed {what} of {identifier}, which had been changed unseen"

    def _less_than_was_done(self, revision: Revision, made: Made, after: Rows) -> Iterator[str]:
        # Who keeps theirs, or takes back what was asked about, has what the others made of it.
        answered = self._answered(revision, made, {"mine", "theirs"})
        for (identifier, what), value in effects(made).items():
            there = after.get(identifier)
            found = there is not None if what == "exists" else there and there[what]
            if found != value and identifier not in answered:
                yield f"{said(revision, made)} has {found} as {what} of {identifier}, not {value}"
        status = made.change.get("status")
        if status and revision.status != status and not answered:
            yield f"{said(revision, made)} is {revision.status}, not {status}"

    def _missing(self) -> Iterator[str]:
        there = {revision.key for revision in self.revisions}
        for made in self.notes.made.values():
            if made.key in there or not (made.kept or made.saved):
                continue
            given_up = self.notes.answers_about(made, {"theirs"})
            if given_up and given_up >= {identifier for identifier, _what in effects(made)}:
                continue
            yield f"lost: {made}"

    def _answered(self, revision: Revision, made: Made, choices: set[str]) -> set[str]:
        return self.notes.answers_about(made, choices, revision.at + 1)


def unseen_of(seen: dict | None, there: dict | None, what: str, written: dict | None) -> bool:
    """Whether somebody else had changed of an annotation what was changed here, or the whole of it was deleted."""
    if there is None:
        return seen is not None and what != "exists"  # somebody deleted it
    fields = FIELDS if what == "exists" else (what,)
    known = seen or written
    return known is not None and any(known[each] != there[each] for each in fields)


def effects(made: Made) -> dict[tuple[str, str], Any]:
    """What a change set does to each annotation, as the person meant it."""
    done: dict[tuple[str, str], Any] = {}
    for row in made.change.get("upsert", []):
        for what, value in differences(made.before.get(row["id"]), row):
            done[row["id"], what] = value
    return done | {(identifier, "exists"): False for identifier in made.change.get("delete", [])}


def differences(before: dict | None, after: dict | None) -> list[tuple[str, Any]]:
    if after is None:
        return [("exists", False)]
    found: list[tuple[str, Any]] = [] if before else [("exists", True)]
    return found + [(what, after[what]) for what in FIELDS if not before or before[what] != after[what]]


def plain(rows: Rows) -> dict[str, list]:
    return {identifier: [row[what] for what in FIELDS] for identifier, row in sorted(rows.items())}


def named(revision: Revision) -> str:
    return f"revision {revision.number} of image {revision.image}"


def said(revision: Revision, made: Made) -> str:
    return f"{named(revision)} by {made.person} ({made.tab})"
