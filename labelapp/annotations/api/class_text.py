"""Classes as text, to be pasted from another project."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.attributes import AttributesPreviewView
from labelapp.annotations.api.class_changes import ClassChangeOutput
from labelapp.annotations.class_changes.pasting import comparison, paste
from labelapp.projects.access import project_for
from labelapp.projects.class_text import LONGEST_TEXT, classes_in


class ClassTextInput(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_TEXT, help_text="JSON: a list of classes or of names.")
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
