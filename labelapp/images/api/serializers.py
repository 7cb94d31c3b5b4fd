from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from rest_framework import serializers

from labelapp.images.models import Image
from labelapp.images.paging import COLUMNS, Row
from labelapp.images.related import annotations
from labelapp.projects.models.project_trash import days_left

PEOPLE = ("labelled_by", "reviewed_by", "trashed_by")


class ImageOutput(serializers.ModelSerializer):
    classes = serializers.ListField(child=serializers.IntegerField(), help_text="Ids of its annotations' classes.")
    thumbnail = serializers.CharField(help_text="At most 256 pixels, WebP.")
    display = serializers.CharField(help_text="At most 2048 pixels, WebP.")
    file = serializers.CharField(help_text="The original as it was uploaded.")
    labelled_by = serializers.CharField(allow_null=True, help_text="Who made it labelled, as long as it is.")
    reviewed_by = serializers.CharField(allow_null=True, help_text="Who gave the last verdict.")
    trashed_by = serializers.CharField(allow_null=True, help_text="Who put it into the trash.")
    days_left = serializers.IntegerField(allow_null=True, help_text="Until an image in the trash is deleted for good.")

    class Meta:
        model = Image
        fields = [*COLUMNS, "classes", "thumbnail", "display", "file", "days_left"]


def told(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Images as the API tells them, by two queries however many there are."""
    classes = classes_of([row["id"] for row in rows])
    people = get_user_model().objects.in_bulk({row[name] for row in rows for name in PEOPLE} - {None})
    return [
        row | addresses(row["id"]) | {
            "classes": classes[row["id"]],
            **{name: people[row[name]].listed_name if row[name] else None for name in PEOPLE},
            "days_left": days_left(row["trashed_at"]),
        }
        for row in rows
    ]  # fmt: skip


def classes_of(images: list[int]) -> dict[int, list[int]]:
    """Ids of the classes of each image's annotations, in the order in which the project lists its classes."""
    wanted = annotations().filter(image__among=images).order_by()
    pairs = wanted.values_list("label_class__position", "label_class", "image").distinct()
    found: dict[int, list[int]] = defaultdict(list)
    for _place, label_class, image in sorted(pairs):
        found[image].append(label_class)
    return found


def addresses(pk: int) -> dict[str, str]:
    return {name: f"/api/images/{pk}/{name}/" for name in ("thumbnail", "display", "file")}
