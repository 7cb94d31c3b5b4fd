"""What the pages told while people were at work."""

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Made:
    """One change set, as it was when a gesture made it."""

    person: str
    tab: str
    image: int
    key: str
    change: dict[str, Any]
    before: dict[str, dict]  # annotations by id, as the person saw them
    base: int
    at: float  # seconds
    kept: bool = False  # the browser has it on disk
    saved: bool = False  # the page said afterwards that all is saved


@dataclass(frozen=True)
class Answer:
    """To the question which version is to be kept."""

    person: str
    image: int
    choice: str
    at: float
    about: frozenset[str]  # annotations


@dataclass
class Notes:
    made: dict[str, Made] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    # What people are asked about, by person and image, then by change set; a question may come again after an answer.
    _asked: dict[tuple[str, int], dict[str, set[str]]] = field(default_factory=dict)
    _unsaved: dict[str, list[Made]] = field(default_factory=dict)  # by page: a reloaded one is another

    def take(self, person: str, tab: str, told: dict[str, Any]) -> None:
        getattr(self, f"_{told['kind']}")(person, tab, told)

    def answered(self, person: str, image: int, choice: str, at: float) -> None:
        about = set().union(*self._asked.get((person, image), {}).values())
        self.answers.append(Answer(person, image, choice, at, frozenset(about)))

    def answers_about(self, made: Made, choices: set[str], until: float = float("inf")) -> set[str]:
        """The annotations that the person was asked about after this change, and answered with one of the choices."""
        return {
            identifier
            for each in self.answers
            if (each.person, each.image) == (made.person, made.image)
            and each.choice in choices
            and made.at <= each.at <= until
            for identifier in each.about
        }

    def forget_page(self, tab: str) -> None:
        self._unsaved.pop(tab, None)

    def _made(self, person: str, tab: str, told: dict[str, Any]) -> None:
        entry = told["entry"]
        before = {each["id"]: each for each in entry["before"]}
        made = Made(
            person, tab, entry["image"], entry["key"], entry["change"], before, entry["base"], told["at"] / 1000
        )
        self.made[made.key] = made
        self._unsaved.setdefault(tab, []).append(made)

    def _kept(self, _person: str, _tab: str, told: dict[str, Any]) -> None:
        if told["key"] in self.made:
            self.made[told["key"]].kept = True

    def _asked_about(self, person: str, _tab: str, told: dict[str, Any]) -> None:
        # Of what was drawn and deleted again before it was saved, no annotation is left that could be named.
        about = set(told["about"]) or self._touched(told["key"])
        self._asked.setdefault((person, told["image"]), {})[told["key"]] = about

    def _touched(self, key: str) -> set[str]:
        change = self.made[key].change if key in self.made else {}
        return {each["id"] for each in change.get("upsert", [])} | set(change.get("delete", []))

    def _saved(self, _person: str, tab: str, _told: dict[str, Any]) -> None:
        for made in self._unsaved.pop(tab, []):
            made.saved = True


def image_in(text: str, names: dict[str, int]) -> int:
    """The image that a question is about."""
    return next(image for name, image in names.items() if re.search(rf"\b{re.escape(name)}", text))
