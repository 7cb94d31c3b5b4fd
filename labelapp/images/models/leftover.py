from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

# An upload of the same content may just have found the file stored and be about to create its row.
SECONDS_UNTIL_SWEPT = 600
ROWS_AT_ONCE = 1000


class LeftoverQuerySet(models.QuerySet[Any]):
    def note(self: Any, hashes: Iterable[str]) -> None:
        """Have these contents looked at later, in the transaction that takes away what showed them."""
        due = timezone.now() + timedelta(seconds=SECONDS_UNTIL_SWEPT)
        # Sorted: two that note the same contents must not wait for each other crosswise.
        rows = [Leftover(sha256=each, due_at=due) for each in sorted(set(hashes))]
        self.bulk_create(rows, ROWS_AT_ONCE, update_conflicts=True, unique_fields=["sha256"], update_fields=["due_at"])

    def due(self) -> Self:
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")


class Leftover(models.Model):
    """A content that something has ceased to show: its files go when nothing else needs them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    due_at = models.DateTimeField(db_index=True)

    objects = LeftoverQuerySet.as_manager()
