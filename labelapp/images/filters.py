"""Which images: one small language for the gallery, bulk changes, versions, exports and predictions.

    {"status": ["new", "sent_back"], "class": 12, "split": "none", "source": "file", "comments": "open",
     "assignment": 3, "labelled_by": 7, "reviewed_by": "none", "search": "street", "ids": [1, 2]}

Every value may be one or a list, and the values of one key are alternatives; keys narrow each other. ``none`` as
class, split, assignment or person means that there is none. Images in the trash are left out unless ``trashed`` is
true.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.images.models import Image, ImageStatus, Split
from labelapp.images.related import annotations, model_of
from labelapp.lib.numbers import whole_number
from labelapp.lib.text import shorten

NONE = "none"
SOURCES = ["manual", "auto", "semi-auto", "file"]
COMMENTS = [NONE, "resolved", "open"]  # threads: none, none open, some open
PEOPLE = ["labelled_by", "reviewed_by"]
MOST_IDS = 10_000


class ImageFilters:
    """Validated filters; ``as_dict()`` is what to store, ``apply()`` narrows a queryset of one project's images."""

    KEYS: ClassVar[dict[str, Callable[[Any], Any]]] = {}

    def __init__(self, given: Mapping[str, Any] | None = None):
        """
        Args:
            given: Filters as JSON gives them. Raises ValidationError naming the key that is unknown or wrong.
        """
        if given is not None and not isinstance(given, Mapping):
            raise ValidationError({"filters": _("The filters must be an object.")})
        self._values: dict[str, Any] = {}
        for key, value in (given or {}).items():
            if key not in self.KEYS:
                known = ", ".join(self.KEYS)
                raise ValidationError({key: _("There is no such filter. There are {known}.").format(known=known)})
            if value not in (None, "", []) or (key == "ids" and value == []):  # no ids are no images
                self._values[key] = self.KEYS[key](value)

    @classmethod
    def from_query(cls, query: QueryDict, ignore: Iterable[str] = ()) -> "ImageFilters":
        """From a query string, in which a key may be repeated; ``ignore`` names parameters that are no filters."""
        return cls({key: query.getlist(key) for key in query if key not in set(ignore)})

    def as_dict(self) -> dict[str, Any]:
        return dict(self._values)

    @property
    def key(self) -> str:
        """The same for filters that say the same."""
        return json.dumps(self._values, sort_keys=True)

    def apply(self, images: "QuerySet[Image]") -> "QuerySet[Image]":
        values = self._values
        images = images.exclude(trashed_at=None) if values.get("trashed") else images.filter(trashed_at=None)
        if "ids" in values:
            images = images.filter(pk__in=values["ids"])
        if "status" in values:
            images = images.filter(status__in=values["status"])
        if "split" in values:
            images = images.filter(split__in=["" if each == NONE else each for each in values["split"]])
        if "search" in values:
            for word in values["search"].split():
                images = images.filter(name__icontains=word)
        if "class" in values:
            ids = [each for each in values["class"] if each != NONE]
            among = Q(annotated(label_class__in=ids)) if ids else Q()
            images = images.filter(among | ~Q(annotated())) if NONE in values["class"] else images.filter(among)
        if "source" in values:
            images = images.filter(annotated(source__in=values["source"]))
        if "assignment" in values:
            ids = [each for each in values["assignment"] if each != NONE]
            among = Q(assigned__assignment__in=ids)
            images = images.filter(among | Q(assigned=None) if NONE in values["assignment"] else among)
        for key in PEOPLE:
            if key in values:
                among = Q(**{f"{key}__in": [each for each in values[key] if each != NONE]})
                images = images.filter(among | Q(**{key: None}) if NONE in values[key] else among)
        if "comments" in values:
            images = images.filter(reduce(or_, (COMMENTED[each]() for each in values["comments"])))
        return images


def annotated(**conditions) -> Exists:
    """True of images that have an annotation like this."""
    return Exists(annotations().filter(image=OuterRef("pk"), **conditions))


def commented(**conditions) -> Exists:
    """True of images that have a thread of comments like this."""
    threads = model_of("comments")._base_manager.filter(image=OuterRef("pk"), thread=None)
    return Exists(threads.filter(**conditions))


COMMENTED: dict[str, Callable[[], Q]] = {
    NONE: lambda: ~Q(commented()),
    "resolved": lambda: Q(commented()) & ~Q(commented(resolved_at=None)),
    "open": lambda: Q(commented(resolved_at=None)),
}


def listed(value: Any) -> list:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def some_of(key: str, allowed: Iterable[str]) -> Callable[[Any], list[str]]:
    choices = list(allowed)

    def parse(value: Any) -> list[str]:
        wanted = listed(value)
        for each in wanted:
            if each not in choices:
                message = _("“{value}” is none of: {known}.")
                raise ValidationError({key: message.format(value=shorten(str(each)), known=", ".join(choices))})
        return wanted

    return parse


def whole_numbers(key: str, or_none: bool = False) -> Callable[[Any], list]:
    def parse(value: Any) -> list:
        wanted = listed(value)
        if len(wanted) > MOST_IDS:
            raise ValidationError(
                {key: _("At most {count} can be named at once; use filters for more.").format(count=MOST_IDS)}
            )
        return [NONE if or_none and each == NONE else number(each) for each in wanted]

    def number(value: Any) -> int:
        found = whole_number(value)
        if found is None:
            raise ValidationError({key: _("“{value}” is not an id.").format(value=shorten(str(value)))})
        return found

    return parse


def text(key: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        words = listed(value)
        if not all(isinstance(each, str) for each in words) or sum(map(len, words)) > 1000:
            raise ValidationError({key: _("This must be a text of at most 1000 characters.")})
        return " ".join(words).replace("\0", " ").strip()

    return parse


def yes_or_no(key: str) -> Callable[[Any], bool]:
    meanings = {"1": True, "true": True, "0": False, "false": False}

    def parse(value: Any) -> bool:
        said = str(listed(value)[-1]).lower()
        if said not in meanings:
            raise ValidationError({key: _("This must be true or false.")})
        return meanings[said]

    return parse


ImageFilters.KEYS.update(
    {
        "ids": whole_numbers("ids"),
        "status": some_of("status", ImageStatus.values),
        "class": whole_numbers("class", or_none=True),
        "split": some_of("split", [*Split.values, NONE]),
        "source": some_of("source", SOURCES),
        "assignment": whole_numbers("assignment", or_none=True),
        "comments": some_of("comments", COMMENTS),
        **{key: whole_numbers(key, or_none=True) for key in PEOPLE},
        "search": text("search"),
        "trashed": yes_or_no("trashed"),
    }
)
