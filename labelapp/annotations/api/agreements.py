from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.models import Agreement, Round
from labelapp.annotations.models.agreement import latest
from labelapp.projects.access import found
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob, answer


class AgreementOutput(JobSerializer):
    figures = serializers.DictField(
        help_text="`agreement`, `mean_iou`, `fleiss_tags`, and lists of `pairs` of people and of `classes`."
    )

    class Meta(JobSerializer.Meta):
        model = Agreement
        fields = (*JobSerializer.Meta.fields, "round", "figures")
        read_only_fields = fields


class RoundAgreementView(APIView):
    """How far the people of a closed round agree."""

    @extend_schema(operation_id="rounds_agreement_retrieve", responses=AgreementOutput)
    def get(self, request, pk: int) -> Response:
        round = found(Round.objects, request.user, pk, "review")
        round.require_closed()
        job = latest(round)
        if job is None:
            raise NotFound(_("The agreement of this round has not been worked out."))
        return Response(AgreementOutput(job).data)

    @extend_schema(operation_id="rounds_agreement_create", request=None, responses={202: AgreementOutput})
    def post(self, request, pk: int) -> Response:
        """Work it out anew: classes may have been merged since."""
        round = found(Round.objects, request.user, pk, "review")
        return answer(AgreementOutput(round.work_out(request.user)))


class AgreementView(APIView):
    @extend_schema(operation_id="agreements_retrieve", responses=AgreementOutput)
    def get(self, request, pk: int) -> Response:
        return Response(AgreementOutput(found(Agreement.objects, request.user, pk, "review")).data)


@extend_schema_view(post=extend_schema(operation_id="agreements_cancel", request=None, responses=AgreementOutput))
class CancelAgreementView(CancelJob):
    model, serializer, permission = Agreement, AgreementOutput, "review"


@extend_schema_view(post=extend_schema(operation_id="agreements_retry", request=None, responses=AgreementOutput))
class RetryAgreementView(RetryJob):
    model, serializer, permission = Agreement, AgreementOutput, "review"
