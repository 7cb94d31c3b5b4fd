from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from labelapp.annotations.api.annotations import state_response
from labelapp.annotations.api.serializers import AnnotationOutput, StateOutput
from labelapp.annotations.models import Revision, deleted_shapes
from labelapp.annotations.models.change_set import MOST_SHAPES
from labelapp.images.models import Image
from labelapp.projects.access import found
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class DeletedShapeOutput(serializers.Serializer):
    annotation = AnnotationOutput()
    revision = serializers.IntegerField(help_text="That deleted it.")
    deleted_by = serializers.CharField()
    deleted_at = serializers.DateTimeField()
    refusal = serializers.CharField(help_text="Why it cannot be brought back; empty when it can.")


class DeletedShapesView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="images_deleted_shapes_list", responses=page_of(DeletedShapeOutput))
    def get(self, request, pk: int):
        """Shapes that were deleted in the last days and are not there again, newest first; a page is of so many
        revisions, and may hold more shapes than that, or none."""
        image = found(Image.everything, request.user, pk)
        pages = self.pagination_class()
        deleting = Revision.objects.deleting(image).select_related("author")
        revisions: Any = pages.paginate_queryset(deleting, request, self)
        return pages.get_paginated_response(deleted_shapes.told(image, revisions))


class BringBackView(APIView):
    class BringBackInput(serializers.Serializer):
        ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_SHAPES)

    @extend_schema(request=BringBackInput, responses=StateOutput)
    def post(self, request, pk: int):
        """Append one revision with these shapes as they were when they were deleted."""
        image = found(Image.everything, request.user, pk, "label")
        body = self.BringBackInput(data=request.data)
        body.is_valid(raise_exception=True)
        ids = [str(each) for each in body.validated_data["ids"]]
        return state_response(Revision.objects.bring_back(image, ids, request.user))
