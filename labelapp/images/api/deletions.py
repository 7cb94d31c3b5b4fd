from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.models import Deletion
from labelapp.projects.access import found
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob


class DeletionOutput(JobSerializer):
    deleted = serializers.IntegerField(source="changed", read_only=True)

    class Meta(JobSerializer.Meta):
        model = Deletion
        fields = (*JobSerializer.Meta.fields, "images", "deleted")
        read_only_fields = fields


class DeletionView(APIView):
    @extend_schema(operation_id="deletions_retrieve", responses=DeletionOutput)
    def get(self, request, pk: int) -> Response:
        return Response(DeletionOutput(found(Deletion.objects, request.user, pk)).data)


@extend_schema_view(post=extend_schema(operation_id="deletions_cancel", request=None, responses=DeletionOutput))
class CancelDeletionView(CancelJob):
    model, serializer, permission = Deletion, DeletionOutput, "manage"


@extend_schema_view(post=extend_schema(operation_id="deletions_retry", request=None, responses=DeletionOutput))
class RetryDeletionView(RetryJob):
    model, serializer, permission = Deletion, DeletionOutput, "manage"
