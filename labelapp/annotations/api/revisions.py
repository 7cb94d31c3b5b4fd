from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.annotations import state_response
from labelapp.annotations.api.serializers import AnnotationOutput, ChangeOutput, StateOutput
from labelapp.annotations.models import Revision, history
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.access import found
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class RevisionsView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="images_revisions_list", responses=page_of(ChangeOutput))
    def get(self, request, pk: int):
        """Newest first."""
        image = found(Image.everything, request.user, pk)
        pages = self.pagination_class()
        revisions: Any = pages.paginate_queryset(image.revisions.select_related("author"), request, self)
        return pages.get_paginated_response([revision.change for revision in revisions])


class HistoryOutput(serializers.Serializer):
    number = serializers.IntegerField()
    author = serializers.CharField()
    author_name = serializers.CharField()
    created_at = serializers.DateTimeField()
    status_before = serializers.ChoiceField(ImageStatus.choices)
    status = serializers.ChoiceField(ImageStatus.choices)
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="`drawn`, `moved`, `relabelled`, `described`, `occluded` (or no more), `grouped` (or no more),"
        " `ordered` (higher or lower), `deleted`, `tagged`, `untagged`: those that are not 0.",
    )
    restored = serializers.IntegerField(allow_null=True, help_text="Number of the revision that it brought back.")
    occasion = serializers.CharField(help_text="Work on many images that it was part of, such as an import.")


class HistoryView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="images_history_list", responses=page_of(HistoryOutput))
    def get(self, request, pk: int):
        """The revisions in few words, newest first."""
        image = found(Image.everything, request.user, pk)
        pages = self.pagination_class()
        revisions: Any = pages.paginate_queryset(image.revisions.select_related("author"), request, self)
        return pages.get_paginated_response(history.told(image.project, revisions))


class RevisionOutput(StateOutput):
    added = serializers.ListField(child=serializers.UUIDField(), help_text="Ids that it added.")
    changed = AnnotationOutput(many=True, help_text="What it changed, as that was before.")
    removed = AnnotationOutput(many=True, help_text="What it removed.")


class RevisionView(APIView):
    @extend_schema(responses=RevisionOutput)
    def get(self, request, pk: int, number: int):
        """The image's labels as they were, and the difference to the revision before."""
        image = found(Image.everything, request.user, pk)
        try:
            state = Revision.objects.image_at(image, number)
        except Revision.DoesNotExist:
            raise Http404 from None
        revision = image.revisions.filter(number=number).first()
        nothing: dict[str, list] = {"added": [], "changed": [], "removed": []}
        labels = {"revision": state.revision, "status": state.status, "annotations": state.annotations}
        return Response(labels | (history.difference(revision) if revision else nothing))


class RestoreView(APIView):
    @extend_schema(request=None, responses=StateOutput)
    def post(self, request, pk: int, number: int):
        """Append a revision that brings these labels back."""
        image = found(Image.everything, request.user, pk, "label")
        try:
            return state_response(Revision.objects.restore(image, number, request.user))
        except Revision.DoesNotExist:
            raise Http404 from None
