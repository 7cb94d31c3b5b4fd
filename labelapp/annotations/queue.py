"""The labelling queue: a project's images in an order, looked at through a window around one of them."""

import random
from typing import Any

from django.db.models import Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Mod

from labelapp.annotations.models import Suggestion
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.projects.models import Project

PRIME = 2**31 - 1


def by_id(images: QuerySet, seed: int) -> QuerySet:
    return images.annotate(place=F("id"))


def by_name(images: QuerySet, seed: int) -> QuerySet:
    return images.annotate(place=F("name"))


def by_uncertainty(images: QuerySet, seed: int) -> QuerySet:
    """Most uncertain first; images without open suggestions come last."""
    open_ones = Suggestion.objects.open().filter(image=OuterRef("pk")).order_by()
    highest = open_ones.values("image").annotate(highest=Max("uncertainty")).values("highest")
    return images.annotate(place=-Coalesce(Subquery(highest), Value(-1.0), output_field=FloatField()))


def shuffled(images: QuerySet, seed: int) -> QuerySet:
    """By a hash of id and seed, so that the order stays while images come and go."""
    draw = random.Random(seed)
    factor, offset = draw.randrange(2**20, PRIME), draw.randrange(PRIME)
    spread: Any = Mod(F("id") * Value(factor) + Value(offset), Value(PRIME))
    return images.annotate(place=Mod(spread * spread, Value(PRIME)))


ORDERS = {"name": by_name, "id": by_id, "uncertainty": by_uncertainty, "random": shuffled}


class Queue:
    """
    Args:
        order: a name out of ORDERS.
        seed: of the order ``random``.
        suggested: only images with open suggestions that are not labelled yet.
    """

    def __init__(self, project: Project, filters: ImageFilters, order: str, seed: int = 0, suggested: bool = False):
        ordered = ORDERS[order]
        self._all = ordered(Image.objects.filter(project=project), seed)
        self._images = ordered(filters.apply(Image.objects.filter(project=project)), seed)
        if suggested:
            waiting = Suggestion.objects.waiting().filter(image=OuterRef("pk"))
            self._images = self._images.filter(Exists(waiting))
        self.total = self._images.count()

    def window(self, around: Image | None, before: int, after: int) -> tuple[int, list[Image]]:
        """The position of the first image of the window, from 0, and the images of the window in order."""
        if around is None:
            return 0, list(self._images.order_by("place", "pk")[: after + 1])
        place = self._all.filter(pk=around.pk).values_list("place", flat=True).get()
        earlier = self._images.filter(Q(place__lt=place) | Q(place=place, pk__lt=around.pk))
        later = self._images.filter(Q(place__gt=place) | Q(place=place, pk__gt=around.pk))
        start = list(earlier.order_by("-place", "-pk")[:before])[::-1]
        end = list(later.order_by("place", "pk")[:after])
        return earlier.count() - len(start), [*start, around, *end]
