from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.models import Round, RoundMerge
from labelapp.annotations.models.round_merge import STATUSES
from labelapp.projects.access import found
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob, answer
from labelapp.projects.schema import all_of


class RoundMergeOutput(JobSerializer):
    left = serializers.ListField(
        child=serializers.ListField(), help_text="Id, name and reason of images that were left as they are."
    )

    class Meta(JobSerializer.Meta):
        model = RoundMerge
        fields = (*JobSerializer.Meta.fields, "round", "least", "result", "merged", "passed_over", "left")
        read_only_fields = fields


class RoundMergesView(APIView):
    class RoundMergeInput(serializers.Serializer):
        least = serializers.FloatField(min_value=0, max_value=1, help_text="Agreement that an image must have.")
        status = serializers.ChoiceField(STATUSES, default=STATUSES[0])

    @extend_schema(operation_id="rounds_merges_list", responses=all_of(RoundMergeOutput))
    def get(self, request, pk: int) -> Response:
        """The newest of a round; at most ten."""
        round = found(Round.objects, request.user, pk, "review")
        return Response({"results": RoundMergeOutput(round.merges.order_by("-pk")[:10], many=True).data})

    @extend_schema(operation_id="rounds_merges_create", request=RoundMergeInput, responses={202: RoundMergeOutput})
    def post(self, request, pk: int) -> Response:
        """Give images what most people say of them, where they agree enough and nobody has labelled it otherwise."""
        round = found(Round.objects, request.user, pk, "review")
        body = self.RoundMergeInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        job = RoundMerge(
            project=round.project, round=round, created_by=request.user, least=given["least"], result=given["status"]
        )
        return answer(RoundMergeOutput(job.begin()))


class RoundMergeView(APIView):
    @extend_schema(operation_id="round_merges_retrieve", responses=RoundMergeOutput)
    def get(self, request, pk: int) -> Response:
        return Response(RoundMergeOutput(found(RoundMerge.objects, request.user, pk, "review")).data)


@extend_schema_view(post=extend_schema(operation_id="round_merges_cancel", request=None, responses=RoundMergeOutput))
class CancelRoundMergeView(CancelJob):
    model, serializer, permission = RoundMerge, RoundMergeOutput, "review"


@extend_schema_view(post=extend_schema(operation_id="round_merges_retry", request=None, responses=RoundMergeOutput))
class RetryRoundMergeView(RetryJob):
    model, serializer, permission = RoundMerge, RoundMergeOutput, "review"
