"""From one list of attributes to another: what becomes of the values that annotations have."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from labelapp.projects.models.attribute import Attribute
from labelapp.projects.models.attribute_definitions import Misfit, read_attributes

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AttributeEdit:
    """
    Args:
        old, new: the definitions before and after.
        was: new name -> the old name of the attributes that go on.
        renamed: new name -> old option -> new option.
    """

    old: list[Attribute]
    new: list[Attribute]
    was: dict[str, str]
    renamed: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, old: list[Attribute], sent: Any) -> "AttributeEdit":
        """What a person sent: definitions, each with ``was`` (its old name) and ``renamed`` (old option -> new) if any.

        Raises:
            Misfit: names the place.
        """
        new = read_attributes(sent)
        known = {each.name: each for each in old}
        was: dict[str, str] = {}
        renamed: dict[str, dict[str, str]] = {}
        for index, (each, attribute) in enumerate(zip(sent, new, strict=True)):
            before = each.get("was", attribute.name)
            if not isinstance(before, str):
                raise Misfit((index, "was"), _("The old name of the attribute is needed here."))
            if before in was.values():
                raise Misfit((index, "was"), _("Two attributes cannot both have been “{}”.").format(before))
            if before in known:
                was[attribute.name] = before
                renamed[attribute.name] = read_renamed(each.get("renamed"), known[before], attribute, index)
            elif "was" in each:
                raise Misfit((index, "was"), _("There was no attribute “{name}”.").format(name=before))
        return cls(old, new, was, renamed)

    @classmethod
    def stored(cls, old: list[dict], new: list[dict], names: dict[str, Any]) -> "AttributeEdit":
        return cls(
            [Attribute.stored(each) for each in old],
            [Attribute.stored(each) for each in new],
            names.get("was", {}),
            names.get("renamed", {}),
        )

    @property
    def names(self) -> dict[str, Any]:
        """What ``stored`` needs besides the definitions."""
        return {"was": self.was, "renamed": {name: each for name, each in self.renamed.items() if each}}

    def back_to(self, definitions: list[Attribute]) -> "AttributeEdit":
        """The way back, to the old definitions or some that hold them."""
        return AttributeEdit(
            self.new,
            definitions,
            {old: new for new, old in self.was.items()} | {
                each.name: each.name for each in definitions if each.name not in self.was.values()
            },
            {self.was[name]: {new: old for old, new in each.items()} for name, each in self.renamed.items()},
        )  # fmt: skip

    @property
    def touched(self) -> set[str]:
        """Old names of the attributes whose values may become different."""
        kept = {old: new for new, old in self.was.items()}
        new = {each.name: each for each in self.new}
        found = set()
        for each in self.old:
            after = new.get(kept.get(each.name, ""))
            if (
                after is None
                or (after.name, after.type) != (each.name, each.type)
                or self.renamed.get(after.name)
                or set(each.options) - set(after.options)
            ):
                found.add(each.name)
        return found

    def carry(self, values: Values) -> tuple[Values, Values]:
        """The values under the new definitions, and those that go, by old name.

        A number outside a range that has become narrower stays until somebody changes it.
        """
        old, new = {each.name: each for each in self.old}, {each.name: each for each in self.new}
        kept = {before: after for after, before in self.was.items()}
        after: Values = {}
        lost: Values = {}
        for name, value in values.items():
            if name not in old:
                continue
            target = new.get(kept.get(name, ""))
            if target is None:
                lost[name] = value
                continue
            if isinstance(value, str):
                value = self.renamed.get(target.name, {}).get(value, value)
            if target.type != old[name].type:
                value = target.nearest(value)
            stays = target.type == old[name].type and (target.type != "select" or value in target.options)
            if stays or not target.problem(value):
                after[target.name] = value
            else:
                lost[name] = values[name]
        for name, value in values.items():  # of no definition: as it is, unless its name has a meaning now
            if name not in old and name not in after and name not in new:
                after[name] = value
        return after, lost


def read_renamed(sent: Any, before: Attribute, after: Attribute, index: int) -> dict[str, str]:
    if sent is None:
        return {}
    path = (index, "renamed")
    if not isinstance(sent, dict):
        raise Misfit(path, _("An object is needed here: old option to new option."))
    for old, new in sent.items():
        if old not in before.options:
            raise Misfit((*path, old), _("There was no option “{name}”.").format(name=old))
        if not isinstance(new, str) or new not in after.options:
            raise Misfit((*path, old), _("There is no option “{name}”.").format(name=new))
    return {old: new for old, new in sent.items() if old != new}


class Losses:
    """Counts the values that go, by attribute and value."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, lost: Values, count: int = 1) -> None:
        for name, value in lost.items():
            self._counts[name, value if isinstance(value, str) else ""] += count

    def as_list(self, edit: AttributeEdit) -> list[dict[str, Any]]:
        """One entry per attribute; per option where the attribute itself stays."""
        stay = set(edit.was.values())
        found: Counter[tuple[str, str]] = Counter()
        for (name, value), count in self._counts.items():
            found[name, value if name in stay else ""] += count
        return [{"attribute": name, "option": option, "count": count} for (name, option), count in found.items()]
