"""The attributes of a label class; the values of annotations are carried along."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from labelapp.annotations.api.class_changes import ClassChangeOutput
from labelapp.annotations.api.classes import OfClass
from labelapp.annotations.class_changes.carrying import change_attributes, preview, read_edit
from labelapp.projects.api.serializers import AttributeFields, ClassOutput
from labelapp.projects.class_text import LONGEST_TEXT, attributes_in
from labelapp.projects.models import LabelClass


class EditedAttribute(AttributeFields):
    was = serializers.CharField(required=False, help_text="Its old name, where it has another one now.")
    renamed = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="Old option -> new option."
    )


class AttributesInput(serializers.Serializer):
    attributes = serializers.JSONField(required=False, help_text="A list, each as a class has them.")
    text = serializers.CharField(
        required=False, max_length=LONGEST_TEXT, help_text="The list as JSON text: problems name their line."
    )

    def validate(self, given):
        if ("attributes" in given) == ("text" in given):
            raise ValidationError({"attributes": [_("Send either attributes or text.")]})
        return given

    def edit_for(self, label_class: LabelClass):
        given = self.validated_data
        return read_edit(label_class, attributes_in(given["text"]) if "text" in given else given["attributes"])


class AttributesView(OfClass):
    class AttributesChanged(serializers.Serializer):
        change = ClassChangeOutput(allow_null=True, help_text="null: nothing became different.")

        def get_fields(self):
            return {"class": ClassOutput()} | super().get_fields()

    @extend_schema(
        operation_id="classes_attributes", request=AttributesInput,
        responses={200: AttributesChanged, 202: AttributesChanged},
    )  # fmt: skip
    def put(self, request, pk: int, class_pk: int) -> Response:
        """Change the attributes; values of annotations are carried along, or go with what is not there any more."""
        label_class = self.found(request, pk, class_pk)
        body = AttributesInput(data=request.data)
        body.is_valid(raise_exception=True)
        change = change_attributes(request.user, label_class, body.edit_for(label_class))
        label_class.refresh_from_db()
        shown = {"class": ClassOutput(label_class).data, "change": change and ClassChangeOutput(change).data}
        return Response(shown, status=202 if change and not change.finished else 200)


class AttributesPreviewView(OfClass):
    class AttributesPreview(serializers.Serializer):
        class Loss(serializers.Serializer):
            attribute = serializers.CharField()
            option = serializers.CharField(allow_blank=True, help_text="Empty: the whole attribute.")
            count = serializers.IntegerField()

        attributes = AttributeFields(many=True)
        changed = serializers.IntegerField(help_text="Annotations whose values become different.")
        lost = Loss(many=True)
        incomplete = serializers.IntegerField(help_text="Annotations without a required value afterwards.")

    @extend_schema(operation_id="classes_attributes_preview", request=AttributesInput, responses=AttributesPreview)
    def post(self, request, pk: int, class_pk: int) -> Response:
        """What changing the attributes would do."""
        label_class = self.found(request, pk, class_pk)
        body = AttributesInput(data=request.data)
        body.is_valid(raise_exception=True)
        edit = body.edit_for(label_class)
        return Response({"attributes": [each.as_json() for each in edit.new], **preview(label_class, edit)})
