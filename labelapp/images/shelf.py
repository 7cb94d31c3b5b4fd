"""The catalogues that this process keeps: of the projects that people look at, as many as memory allows."""

import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Count

from labelapp.images import touching
from labelapp.images.models import Image

if TYPE_CHECKING:
    from labelapp.images.catalogue.catalogue import Catalogue

logger = logging.getLogger(__name__)


class Shelf:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._catalogues: OrderedDict[int, Catalogue] = OrderedDict()
        self._statuses: dict[int, tuple[int, dict[str, int]]] = {}  # bookmark and counts, of projects not kept here
        self._checked = False

    def catalogue(self, project: int) -> "Catalogue":
        """Up to date. Inside a transaction, whose changes may never come true, it is made for this call alone."""
        from labelapp.images.catalogue.catalogue import Catalogue  # NumPy is loaded when the first one is needed

        if connection.in_atomic_block or not self._trusted():
            return Catalogue(project).sync()
        with self._lock:
            found = self._catalogues.pop(project, None) or Catalogue(project)
            self._catalogues[project] = found
        found.sync()
        self._make_room()
        return found

    def statuses(self, projects: list[int]) -> dict[int, dict[str, int]]:
        """For each project how many images outside the trash have each status; few queries for all of them.

        A project whose catalogue is here is counted by it. The others are counted by the database, and again only
        when one of their images has been touched.
        """
        from labelapp.images.catalogue import feed

        if connection.in_atomic_block or not self._trusted():
            return count_statuses(projects)
        known = {pk: self._statuses[pk] for pk in projects if pk in self._statuses and pk not in self._catalogues}
        stale = feed.stale({pk: mark for pk, (mark, _counts) in known.items()})
        found = {pk: counts for pk, (_mark, counts) in known.items() if pk not in stale}
        for pk in [pk for pk in projects if pk in self._catalogues]:
            found[pk] = self.catalogue(pk).statuses()
        if rest := [pk for pk in projects if pk not in found]:
            marks = {pk: feed.bookmark(pk) for pk in rest}
            counted = count_statuses(rest)
            self._statuses.update({pk: (marks[pk], counted[pk]) for pk in rest})
            found |= counted
        return found

    @property
    def projects(self) -> list[int]:
        """Whose catalogues are here, the one asked for last at the end."""
        with self._lock:
            return list(self._catalogues)

    def clear(self) -> None:
        with self._lock:
            self._catalogues.clear()
            self._statuses.clear()
            self._checked = False

    def _make_room(self) -> None:
        with self._lock:
            while len(self._catalogues) > 1 and sum(map(len, self._catalogues.values())) > settings.CATALOGUE_IMAGES:
                self._catalogues.popitem(last=False)

    def _trusted(self) -> bool:
        """Without the triggers nobody would learn of changes: then every answer is made anew, slow but right."""
        from labelapp.images.catalogue import feed

        if not self._checked:
            if gone := touching.missing():
                logger.error("Triggers are missing: %s. Run: manage.py migrate", ", ".join(sorted(gone)))
                return False
            feed.forget_the_future()
            self._checked = True
        return True


def count_statuses(projects: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {pk: {} for pk in projects}
    rows = Image.objects.filter(project__in=projects).kept().order_by()
    for pk, status, count in rows.values_list("project", "status").annotate(Count("pk")):
        found[pk][status] = count
    return found


shelf = Shelf()
