"""The labelling queue of one person in a round: the copies that are theirs, few enough to be put in order here."""

import hashlib
from typing import Any

from labelapp.annotations.models import Seat
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.images.paging import Row, in_order


class RoundQueue:
    """As ``Queue``; there are no suggestions in a round, so the order ``uncertainty`` is that of ids."""

    def __init__(self, seat: Seat, filters: ImageFilters, order: str, seed: int = 0, suggested: bool = False):
        self._seat, self._filters, self._order, self._seed, self._suggested = seat, filters, order, seed, suggested
        self.total = 0

    def window(self, around: int | None, before: int, after: int) -> tuple[int, list[Row]]:
        images: Any = Image.everything.filter(copied__seat=self._seat, copied__chosen__image__trashed_at=None)
        ids = self._in_order(self._filters.apply(images)) if not self._suggested else []
        everything = self._in_order(images)
        self.total = len(ids)
        if around is None or around not in everything:
            return 0, in_order(images, ids[: after + 1])
        rank = {pk: place for place, pk in enumerate(everything)}
        earlier = [pk for pk in ids if rank[pk] < rank[around]]
        later = [pk for pk in ids if rank[pk] > rank[around]]
        start = max(len(earlier) - before, 0)
        return start, in_order(images, [*earlier[start:], around, *later[:after]])

    def _in_order(self, images: Any) -> list[int]:
        if self._order == "name":
            return list(images.order_by("name", "pk").values_list("pk", flat=True))
        ids = list(images.order_by("pk").values_list("pk", flat=True))
        return sorted(ids, key=self._shuffled) if self._order == "random" else ids

    def _shuffled(self, pk: int) -> bytes:
        return hashlib.blake2b(f"{self._seed} {pk}".encode(), digest_size=8).digest()
