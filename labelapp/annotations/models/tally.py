"""How much of a change set is a person's own work, for the page of throughput."""

from collections.abc import Iterable

from labelapp.annotations.models.annotation import Row, Source


def tally(upsert: Iterable[Row], before: Iterable[Row]) -> dict[str, int]:
    """
    Args:
        upsert: rows as they are stored; before: those of them that were there, as they were.

    Returns:
        ``drawn``: annotations made by hand; ``accepted``: those by a model or tool that were taken over as they are;
        ``corrected``: those that were changed, at once or later.
    """
    sources = {row["id"]: row["source"] for row in before}
    drawn = accepted = corrected = 0
    for row in upsert:
        if row["source"] == Source.MANUAL:
            drawn += row["id"] not in sources
        elif row["source"] == Source.AUTO:
            accepted += row["id"] not in sources
        elif row["source"] == Source.SEMI_AUTO:
            corrected += sources.get(row["id"]) != Source.SEMI_AUTO
    return {"drawn": drawn, "accepted": accepted, "corrected": corrected}
