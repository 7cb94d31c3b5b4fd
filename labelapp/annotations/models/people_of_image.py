"""Who labelled an image and who reviewed it, noted on the image itself: filters ask for it among a hundred thousand."""

from datetime import datetime
from typing import Any

from labelapp.annotations.models.proposal import DONE
from labelapp.images.models import ImageStatus

VERDICTS = {ImageStatus.APPROVED, ImageStatus.SENT_BACK}
NOT_LABELLED = {ImageStatus.NEW, ImageStatus.IN_PROGRESS}


def people_of(before: str, status: str, author, at: datetime, verdict: bool = False) -> dict[str, Any]:
    """Fields of an image to change, whose status an author has changed.

    Args:
        before, status: what it was and what it is now.
        verdict: also where it has the status already: it was said again.
    """
    found: dict[str, Any] = {}
    if status in DONE and before not in DONE:
        found |= {"labelled_by": author, "labelled_at": at}
    elif status in NOT_LABELLED and before not in NOT_LABELLED:
        found |= {"labelled_by": None, "labelled_at": None}
    if status in VERDICTS and (verdict or before != status):
        found |= {"reviewed_by": author, "reviewed_at": at}
    return found
