"""From labels as the API has them to figures as it tells them."""

from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np

from labelapp.annotations.consensus.agreement import ImageLabels, Labels, figures
from labelapp.annotations.consensus.majority import common_tags, majority
from labelapp.annotations.consensus.overlap import Area, iou_matrix

Row = dict[str, Any]


class Comparison:
    """Images one after the other, then all of them together.

    Args:
        people: ids of the people of the round.
    """

    def __init__(self, people: list[int], one_class: bool):
        self._people, self._one_class = people, one_class
        self._images: list[ImageLabels] = []

    def add(self, labels: dict[int, list[Row]]) -> list[str]:
        """
        Args:
            labels: what each person who has labelled the image gave it.

        Returns:
            Ids of the annotations that most of them agree on.
        """
        shapes = {person: [row for row in rows if row["shape"] != "tag"] for person, rows in labels.items()}
        tags = {person: [row for row in rows if row["shape"] == "tag"] for person, rows in labels.items()}
        areas = {person: [Area(row) for row in rows] for person, rows in shapes.items()}
        given = {
            person: Labels(
                np.array([row["class"] for row in shapes[person]], np.int64),
                frozenset(row["class"] for row in tags[person]),
            )
            for person in labels
        }
        there = [person for person in self._people if person in labels]
        ious = {
            (first, second): iou_matrix(areas[there[first]], areas[there[second]])
            for first, second in combinations(range(len(there)), 2)
        }
        places = [self._people.index(person) for person in there]
        self._images.append(
            ImageLabels(
                [given.get(person) for person in self._people],
                {(places[first], places[second]): matrix for (first, second), matrix in ious.items()},
            )
        )
        if len(there) < 2:
            return []
        present = [given[person] for person in there]
        chosen = [shapes[there[person]][at]["id"] for person, at in majority(present, ious)]
        for pk in common_tags(present, self._one_class):
            chosen.append(next(row["id"] for person in there for row in tags[person] if row["class"] == pk))
        return chosen

    def told(self) -> tuple[dict[str, Any], list[float | None]]:
        """The figures as JSON, with people by their ids, and the agreement of each image."""
        found = figures(self._images, len(self._people), self._one_class)
        told = asdict(found)
        for pair in told["pairs"]:
            pair["first"], pair["second"] = self._people[pair["first"]], self._people[pair["second"]]
        for each in told["classes"]:
            each["class"] = each.pop("label_class")
        return told | {"images": len(found.images)}, found.images
