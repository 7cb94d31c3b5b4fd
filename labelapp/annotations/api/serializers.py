from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labelapp.annotations.models import Source, SuggestionState
from labelapp.annotations.models.standing import MOST
from labelapp.images.models import ImageStatus
from labelapp.projects.models.label_class import SHAPES


class AnnotationFields(serializers.Serializer):
    """An annotation as API.md has it; ``class`` is a word of Python, so the field is named by hand."""

    id = serializers.UUIDField(help_text="Made by whoever draws the annotation.")
    shape = serializers.ChoiceField(SHAPES)
    geometry = serializers.DictField(help_text="By shape; pixels of the upright original.")
    attributes = serializers.DictField(required=False)
    source = serializers.ChoiceField(Source.choices, required=False)  # type: ignore[assignment]
    score = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1)
    model = serializers.IntegerField(required=False, allow_null=True, help_text="Id of the model that drew it.")
    occluded = serializers.BooleanField(required=False, help_text="Something hides a part of it.")
    z_order = serializers.IntegerField(
        required=False, min_value=-MOST, max_value=MOST, help_text="What has a higher one is drawn above; at first 0."
    )
    group = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=MOST,
        help_text="Annotations of one image with the same number belong together.",
    )  # fmt: skip

    def get_fields(self):
        return {"class": serializers.IntegerField(help_text="Id of a label class.")} | super().get_fields()


class AnnotationOutput(AnnotationFields):
    created_by = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SuggestionOutput(serializers.Serializer):
    id = serializers.UUIDField()
    image = serializers.IntegerField()
    shape = serializers.ChoiceField(SHAPES)
    geometry = serializers.DictField()
    score = serializers.FloatField()
    uncertainty = serializers.FloatField()
    model = serializers.IntegerField(allow_null=True, help_text="Null where a tool has found it.")
    tool = serializers.CharField(help_text="Empty where a model has proposed it.")
    state = serializers.ChoiceField(SuggestionState.choices)
    created_at = serializers.DateTimeField()

    def get_fields(self):
        return {"class": serializers.IntegerField()} | super().get_fields()


class StateOutput(serializers.Serializer):
    revision = serializers.IntegerField()
    status = serializers.ChoiceField(ImageStatus.choices)
    annotations = AnnotationOutput(many=True)


class LabelsOutput(StateOutput):
    suggestions = SuggestionOutput(many=True, help_text="The open ones.")


@extend_schema_field(AnnotationFields(many=True))
class UpsertField(serializers.ListField):
    """Read by the models, which name each problem by its index: a serializer per shape takes seconds for 50,000."""


class ChangeSetInput(serializers.Serializer):
    base_revision = serializers.IntegerField(min_value=0, help_text="The revision that the changes are based on.")
    key = serializers.UUIDField(help_text="Of this change set: sent again, nothing is done twice.")
    upsert = UpsertField(required=False)
    delete = serializers.ListField(child=serializers.UUIDField(), required=False)
    status = serializers.ChoiceField(ImageStatus.choices, required=False)
    suggestions = serializers.DictField(
        child=serializers.ChoiceField(SuggestionState.choices),
        required=False,
        help_text="What was decided about suggestions: id -> state.",
    )
    comment = serializers.CharField(
        required=False, allow_blank=True, max_length=10_000, help_text="Of a verdict: approved or sent back."
    )


class ChangeOutput(serializers.Serializer):
    revision = serializers.IntegerField()
    key = serializers.UUIDField()
    author = serializers.CharField()
    upsert = AnnotationOutput(many=True)
    delete = serializers.ListField(child=serializers.UUIDField())
    status = serializers.ChoiceField(ImageStatus.choices)
    created_at = serializers.DateTimeField()


class StaleOutput(serializers.Serializer):
    error = serializers.DictField()
    revision = serializers.IntegerField()
    changes = ChangeOutput(many=True)
