"""Which image goes to train, validation and test: per group, stratified by class, the same for the same content.

Greedy iterative stratification after Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-Label Data"
(ECML PKDD 2011), over groups in place of single examples, followed by a pass that evens out the totals.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image to place.

    Args:
        sha256: of its content; the only identity that the split depends on.
        group: images with the same group stay together; empty for an image of its own.
        classes: names of the classes on it.
        fixed: the split that a person has chosen for it, or empty.
    """

    sha256: str
    group: str = ""
    classes: frozenset[str] = frozenset()
    fixed: str = ""


@dataclass(slots=True)
class Group:
    """Images that stay together: how many, and on how many of them each class is."""

    key: str
    members: list[Candidate]
    size: int = 0
    classes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.size = len(self.members)
        self.classes = Counter(name for member in self.members for name in member.classes)


def split_images(
    images: Iterable[Candidate], ratios: dict[str, float], seed: int = 0, stratify: bool = True
) -> dict[str, str]:
    """The split of each image by its SHA-256.

    Args:
        images: in any order.
        ratios: parts of train, validation and test; they sum to 1, a missing one is 0.
        seed: another seed gives another split of the same images.
        stratify: keep the classes' shares alike in all splits.

    Example:
        >>> images = [Candidate(f"{n:064x}", classes=frozenset({"ab"[n % 2]})) for n in range(20)]
        >>> split = split_images(images, {"train": 0.8, "validation": 0.1, "test": 0.1})
        >>> sorted(split.values()).count("train")
        16
    """
    placing = Placing(grouped(images, seed), ratios, stratify)
    placing.place()
    return placing.result


def grouped(images: Iterable[Candidate], seed: int) -> list[Group]:
    """Groups in an order that depends on the seed and the content alone."""
    members: dict[str, list[Candidate]] = defaultdict(list)
    for image in images:
        members[f"group:{image.group}" if image.group else image.sha256].append(image)
    groups = [Group(min(each.sha256 for each in group), group) for group in members.values()]
    return sorted(groups, key=lambda group: hashlib.sha256(f"{seed}:{group.key}".encode()).digest())


class Placing:
    """The state of one split: what each part still wants, in all and of each class."""

    def __init__(self, groups: list[Group], ratios: dict[str, float], stratify: bool):
        self.result: dict[str, str] = {}
        self._parts = [part for part in SPLITS if ratios.get(part, 0) > 0]
        self._stratify = stratify
        total = sum(group.size for group in groups)
        classes: Counter[str] = Counter()
        for group in groups:
            classes.update(group.classes)
        self._classes = classes
        self._wanted = {part: ratios.get(part, 0) * total for part in SPLITS}
        self._wanted_of = {part: {name: ratios.get(part, 0) * classes[name] for name in classes} for part in SPLITS}
        self._held: dict[str, Counter[str]] = {part: Counter() for part in SPLITS}
        self._groups: dict[str, list[Group]] = {part: [] for part in SPLITS}
        self._free: list[Group] = []
        for group in groups:
            self._keep_fixed(group)

    def place(self) -> None:
        if self._stratify:
            self._by_class()
        rest = sorted(self._free, key=lambda group: -group.size)  # large ones first: small ones fill the gaps
        for group in rest:
            self._put(group, self._neediest(""))
        self._free = []
        if self._stratify:
            self._cover()
        self._even_out()
        for part, groups in self._groups.items():
            for group in groups:
                self.result |= {member.sha256: part for member in group.members}

    def _keep_fixed(self, group: Group) -> None:
        """An image with a split of its own keeps it; the others of its group follow the most frequent one."""
        fixed = Counter(member.fixed for member in group.members if member.fixed)
        if not fixed:
            self._free.append(group)
            return
        follow = max(SPLITS, key=lambda part: fixed[part])
        for part in SPLITS:
            mine = [member for member in group.members if (member.fixed or follow) == part]
            if mine:
                self._count(Group(group.key, mine), part, 1)
                self.result |= {member.sha256: part for member in mine}

    def _by_class(self) -> None:
        """Place the groups of the rarest class first, each where that class is wanted most."""
        free = {id(group): group for group in self._free}
        left: Counter[str] = Counter(name for group in free.values() for name in group.classes)
        order = list(free.values())
        by_class: dict[str, list[Group]] = defaultdict(list)
        for group in order:
            for name in group.classes:
                by_class[name].append(group)
        while left:
            name = min(left, key=lambda each: (left[each], each))
            for group in sorted((each for each in by_class[name] if id(each) in free), key=lambda each: -each.size):
                self._put(group, self._neediest(name))
                del free[id(group)]
                for each in group.classes:
                    left[each] -= 1
                    if not left[each]:
                        del left[each]
            left.pop(name, None)
        self._free = [group for group in order if id(group) in free]

    def _neediest(self, name: str) -> str:
        """The part that wants the class most; at a tie the one that wants images most."""
        return max(
            self._parts or SPLITS[:1],
            key=lambda part: (
                round(self._wanted_of[part][name], 9) if name else 0,
                round(self._wanted[part], 9),
                -SPLITS.index(part),
            ),
        )

    def _put(self, group: Group, part: str) -> None:
        self._groups[part].append(group)
        self._count(group, part, 1)

    def _move(self, group: Group, source: str, target: str) -> None:
        self._groups[source].remove(group)
        self._count(group, source, -1)
        self._put(group, target)

    def _count(self, group: Group, part: str, sign: int) -> None:
        self._wanted[part] -= sign * group.size
        for name, count in group.classes.items():
            self._wanted_of[part][name] -= sign * count
            self._held[part][name] += sign * count

    def _cover(self) -> None:
        """Give every class with enough images a place in every part, also where its share is less than one image."""
        for name in sorted(self._classes, key=lambda each: (self._classes[each], each)):
            if self._classes[name] < len(self._parts):
                continue
            for part in self._parts:
                if not self._held[part][name]:
                    self._fetch(name, part)

    def _fetch(self, name: str, target: str) -> None:
        sources = sorted(self._parts, key=lambda part: -self._held[part][name])
        for source in sources:
            able = [group for group in self._groups[source] if group.classes[name] and self._can_leave(group, source)]
            if able:
                self._move(min(able, key=lambda group: (group.size, len(group.classes))), source, target)
                return

    def _can_leave(self, group: Group, source: str) -> bool:
        return all(
            self._held[source][name] > count or self._classes[name] < len(self._parts)
            for name, count in group.classes.items()
        )

    def _even_out(self) -> None:
        """Move groups from the fullest to the emptiest part while that brings the totals nearer to the ratios."""
        while len(self._parts) > 1:
            source = min(self._parts, key=lambda part: self._wanted[part])
            target = max(self._parts, key=lambda part: self._wanted[part])
            surplus, lack = -self._wanted[source], self._wanted[target]
            kinds: dict[tuple, Group] = {}
            for group in self._groups[source]:
                if group.size < surplus + lack:  # a larger one would only turn the difference round
                    kinds.setdefault((group.size, *sorted(group.classes.items())), group)
            able = [group for group in kinds.values() if self._can_leave(group, source)]
            if not able or surplus + lack <= 1 + 1e-9:
                return
            self._move(min(able, key=lambda group: self._cost(group, source, target)), source, target)

    def _cost(self, group: Group, source: str, target: str) -> tuple[float, int]:
        cost = (self._wanted[source] + group.size) ** 2 + (self._wanted[target] - group.size) ** 2
        if self._stratify:
            for name, count in group.classes.items():
                have, want = self._wanted_of[source][name], self._wanted_of[target][name]
                before, after = have**2 + want**2, (have + count) ** 2 + (want - count) ** 2
                cost += (after - before) * len(self._classes) / self._classes[name]
        return cost, group.size
