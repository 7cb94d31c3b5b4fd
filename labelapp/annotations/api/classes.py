"""Changes of label classes that change annotations too."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.class_changes import ClassChangeOutput, answer
from labelapp.annotations.class_changes.deletion import start_deletion
from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.class_changes.split import chosen_annotations, start_split
from labelapp.annotations.class_changes.usage import usage_of
from labelapp.annotations.models import Source
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import project_for
from labelapp.projects.models import LabelClass, Project
from labelapp.projects.models.label_class import SHAPES


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
