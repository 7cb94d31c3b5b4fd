"""What a person chooses for a version, validated."""

import math

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from labelapp.images.filters import ImageFilters
from labelapp.versions.models import GroupBy
from labelapp.versions.split import SPLITS

DEFAULT_SPLIT = {"train": 0.7, "validation": 0.15, "test": 0.15}
# 0.333 + 0.333 + 0.333 is meant to be the whole.
ROUNDING = 0.005


class SplitField(serializers.DictField):
    """Ratios of train, validation and test that sum to 1; one that is left out is 0."""

    child = serializers.FloatField(min_value=0, max_value=1)
    default_error_messages = {
        "part": gettext_lazy("“{part}” is not one of train, validation and test."),
        "number": gettext_lazy("“{part}” must be a number from 0 to 1."),
        "sum": gettext_lazy("The ratios must sum to 1; they sum to {total}."),
    }

    def to_internal_value(self, data) -> dict[str, float]:
        ratios = super().to_internal_value(data)
        for part, ratio in ratios.items():
            if part not in SPLITS:
                self.fail("part", part=part)
            if not math.isfinite(ratio):
                self.fail("number", part=part)
        total = sum(ratios.values())
        if abs(total - 1) > ROUNDING:
            self.fail("sum", total=round(total, 4))
        return {part: ratios.get(part, 0.0) for part in SPLITS}


class FiltersField(serializers.DictField):
    """Filters as the list of images takes them."""

    def to_internal_value(self, data) -> dict:
        return ImageFilters(super().to_internal_value(data)).as_dict()


class VersionChoices(serializers.Serializer):
    filters = FiltersField(
        default=dict, help_text=gettext_lazy("As for the list of images. Without any: every labelled image.")
    )
    split = SplitField(default=DEFAULT_SPLIT)
    seed = serializers.IntegerField(default=0, min_value=0, max_value=2**31 - 1)
    stratify = serializers.BooleanField(default=True)
    group_by = serializers.ChoiceField(GroupBy.choices, default=GroupBy.GROUP)
    note = serializers.CharField(default="", allow_blank=True, max_length=500)


class VersionNote(serializers.Serializer):
    note = serializers.CharField(allow_blank=True, max_length=500)
