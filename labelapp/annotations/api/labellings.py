from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.models import Labelling
from labelapp.projects.access import found
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob


class LabellingOutput(JobSerializer):
    undo = serializers.SerializerMethodField(help_text="DELETE this address to take the change back.")

    class Meta(JobSerializer.Meta):
        model = Labelling
        fields = (*JobSerializer.Meta.fields, "key", "images", "changed", "unchanged", "undo")
        read_only_fields = fields

    def get_undo(self, labelling: Labelling) -> str:
        return labelling.address_of_change


class LabellingView(APIView):
    @extend_schema(operation_id="labellings_retrieve", responses=LabellingOutput)
    def get(self, request, pk: int) -> Response:
        return Response(LabellingOutput(found(Labelling.objects, request.user, pk)).data)


@extend_schema_view(post=extend_schema(operation_id="labellings_cancel", request=None, responses=LabellingOutput))
class CancelLabellingView(CancelJob):
    model, serializer = Labelling, LabellingOutput


@extend_schema_view(post=extend_schema(operation_id="labellings_retry", request=None, responses=LabellingOutput))
class RetryLabellingView(RetryJob):
    model, serializer = Labelling, LabellingOutput
