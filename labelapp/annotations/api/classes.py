"""Changes of label classes that change annotations too."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.class_changes import ClassChangeOutput, answer
from labelapp.annotations.class_changes.carrying import change_attributes, preview, read_edit
from labelapp.annotations.class_changes.deletion import start_deletion
from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.class_changes.pasting import comparison, paste
from labelapp.annotations.class_changes.split import chosen_annotations, start_split
from labelapp.annotations.class_changes.usage import usage_of
from labelapp.annotations.models import Source
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import project_for
from labelapp.projects.api.serializers import AttributeFields, ClassOutput
from labelapp.projects.class_text import attributes_in, classes_in
from labelapp.projects.models import LabelClass, Project
from labelapp.projects.models.label_class import SHAPES

LONGEST_CLASS_TEXT = 5_000_000


class OfClass(APIView):
    def found(self, request, pk: int, class_pk: int, permission: str = "manage") -> LabelClass:
        project = project_for(request.user, pk, permission)
        return get_object_or_404(project.classes.select_related("project"), pk=class_pk)


def class_named(project: Project, pk: int | None, field: str) -> LabelClass:
    found = project.classes.filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise ValidationError({field: [_("The id of a class of this project is needed here.")]})
    return found


class UsageView(OfClass):
    class ClassUsage(serializers.Serializer):
        class ValueCount(serializers.Serializer):
            class OptionCount(serializers.Serializer):
                value = serializers.JSONField()
                count = serializers.IntegerField()

            name = serializers.CharField()
            count = serializers.IntegerField()
            options = OptionCount(many=True)

        annotations = serializers.IntegerField()
        images = serializers.IntegerField()
        suggestions = serializers.IntegerField()
        versions = serializers.IntegerField(help_text="Frozen ones of the project: they keep what they have.")
        shapes = serializers.DictField(child=serializers.IntegerField())
        sources = serializers.DictField(child=serializers.IntegerField())
        attributes = ValueCount(many=True)
        both = serializers.IntegerField(required=False, help_text="Images that have both classes as a tag.")

    @extend_schema(
        operation_id="classes_usage",
        parameters=[OpenApiParameter("into", int, description="Another class, to count `both`.")],
        responses=ClassUsage,
    )
    def get(self, request, pk: int, class_pk: int) -> Response:
        """What has this class: what a merge moves, and what a deletion takes along."""
        label_class = self.found(request, pk, class_pk, "view")
        given = request.query_params.get("into")
        into = class_named(label_class.project, whole_number(given), "into") if given else None
        return Response(usage_of(label_class, into))


class MergeView(OfClass):
    class MergeInput(serializers.Serializer):
        into = serializers.IntegerField(help_text="The class that stays.")

    @extend_schema(operation_id="classes_merge", request=MergeInput, responses={202: ClassChangeOutput})
    def post(self, request, pk: int, class_pk: int) -> Response:
        """Make all annotations and suggestions of this class those of another, and delete this one."""
        label_class = self.found(request, pk, class_pk)
        body = self.MergeInput(data=request.data)
        body.is_valid(raise_exception=True)
        into = class_named(label_class.project, body.validated_data["into"], "into")
        return answer(start_merge(request.user, label_class, into))


class DeletionView(OfClass):
    @extend_schema(operation_id="classes_deletion", request=None, responses={202: ClassChangeOutput})
    def post(self, request, pk: int, class_pk: int) -> Response:
        """Delete this class with its annotations and suggestions. Frozen versions keep theirs."""
        return answer(start_deletion(request.user, self.found(request, pk, class_pk)))


class ChoiceInput(serializers.Serializer):
    """Which annotations of the class; each choice narrows the others."""

    filters = serializers.DictField(required=False, help_text="Of images, as everywhere.")
    shapes = serializers.ListField(child=serializers.ChoiceField(SHAPES), required=False)
    sources = serializers.ListField(child=serializers.ChoiceField(Source.choices), required=False)
    attributes = serializers.DictField(required=False, help_text="Attribute -> value.")


class SplitView(OfClass):
    class SplitInput(ChoiceInput):
        name = serializers.CharField(max_length=200, help_text="Of the new class.")

    @extend_schema(operation_id="classes_split", request=SplitInput, responses={202: ClassChangeOutput})
    def post(self, request, pk: int, class_pk: int) -> Response:
        """Move some annotations of this class to a new class."""
        label_class = self.found(request, pk, class_pk)
        body = self.SplitInput(data=request.data)
        body.is_valid(raise_exception=True)
        choices = dict(body.validated_data)
        name = choices.pop("name")
        if label_class.project.classes.filter(name=name).exists():
            raise ValidationError({"name": [_("There is a class of this name already.")]})
        return answer(start_split(request.user, label_class, name, choices))


class SplitPreviewView(OfClass):
    class SplitPreview(serializers.Serializer):
        annotations = serializers.IntegerField()
        images = serializers.IntegerField()

    @extend_schema(operation_id="classes_split_preview", request=ChoiceInput, responses=SplitPreview)
    def post(self, request, pk: int, class_pk: int) -> Response:
        label_class = self.found(request, pk, class_pk)
        body = ChoiceInput(data=request.data)
        body.is_valid(raise_exception=True)
        chosen = chosen_annotations(label_class, body.validated_data).order_by()
        return Response({"annotations": chosen.count(), "images": chosen.values("image").distinct().count()})


class EditedAttribute(AttributeFields):
    was = serializers.CharField(required=False, help_text="Its old name, where it has another one now.")
    renamed = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="Old option -> new option."
    )


class AttributesInput(serializers.Serializer):
    attributes = serializers.JSONField(required=False, help_text="A list, each as a class has them.")
    text = serializers.CharField(
        required=False, max_length=LONGEST_CLASS_TEXT, help_text="The list as JSON text: problems name their line."
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


class ClassTextInput(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_CLASS_TEXT, help_text="JSON: a list of classes or of names.")
    theirs = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False,
        help_text="Names of the classes of which the text's version is taken; the others stay as they are.",
    )  # fmt: skip


class ClassTextView(APIView):
    class ClassTextApplied(serializers.Serializer):
        change = ClassChangeOutput(allow_null=True)

    @extend_schema(
        operation_id="classes_paste", request=ClassTextInput, responses={200: ClassTextApplied, 202: ClassTextApplied}
    )
    def post(self, request, pk: int) -> Response:
        """Add the classes of a text, and take its version of those that are named in `theirs`."""
        project = project_for(request.user, pk, "manage")
        body = ClassTextInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        change = paste(request.user, project, classes_in(given["text"]), set(given.get("theirs", [])))
        status = 202 if change and not change.finished else 200
        return Response({"change": change and ClassChangeOutput(change).data}, status=status)


class ClassTextPreviewView(APIView):
    class ClassTextPreview(serializers.Serializer):
        class ClassConflict(serializers.Serializer):
            class FieldConflict(serializers.Serializer):
                field = serializers.CharField()
                mine = serializers.JSONField()
                theirs = serializers.JSONField()

            name = serializers.CharField()
            fields = FieldConflict(many=True)  # type: ignore[assignment]
            lost = AttributesPreviewView.AttributesPreview.Loss(many=True)

        added = serializers.ListField(child=serializers.CharField())
        same = serializers.ListField(child=serializers.CharField())
        conflicts = ClassConflict(many=True)

    @extend_schema(operation_id="classes_paste_preview", request=ClassTextInput, responses=ClassTextPreview)
    def post(self, request, pk: int) -> Response:
        """What a text would add, what is the same, and where it says otherwise than the project."""
        project = project_for(request.user, pk, "manage")
        body = ClassTextInput(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(comparison(project, classes_in(body.validated_data["text"])))
