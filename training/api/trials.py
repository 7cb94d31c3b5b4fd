from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects import jobs
from labelapp.projects.access import found, project_for
from labelapp.projects.models import AuditEntry
from labelapp.projects.schema import page_of
from labelapp.versions.models import Version
from training.api.serializers import TrialInput, TrialOutput
from training.models import Trial


class TrialsView(GenericAPIView):
    serializer_class = TrialOutput

    @extend_schema(operation_id="trials_list", responses=page_of(TrialOutput))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        page = self.paginate_queryset(Trial.objects.filter(project=project).select_related("created_by"))
        return self.get_paginated_response(TrialOutput(page, many=True).data)

    @extend_schema(operation_id="trials_create", request=TrialInput, responses={202: TrialOutput})
    def post(self, request, pk: int) -> Response:
        """Try a spec before a run of it is started: go through every stage in seconds, or find a learning rate."""
        project = project_for(request.user, pk, "label")
        body = TrialInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        version = Version.objects.filter(project=project, pk=given["version"]).first()
        if version is None:
            raise ValidationError({"version": ["This project has no such version."]})
        trial = Trial.objects.start(project, request.user, version, given["kind"], given["spec"])
        return Response(TrialOutput(trial).data, status=status.HTTP_202_ACCEPTED)


class TrialView(APIView):
    @extend_schema(operation_id="trials_retrieve", responses=TrialOutput)
    def get(self, request, pk: int) -> Response:
        return Response(TrialOutput(found(Trial.objects, request.user, pk)).data)

    @extend_schema(operation_id="trials_delete", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Forget the trial; an unfinished one ends at once."""
        trial = found(Trial.objects, request.user, pk, "label")
        with AuditEntry.objects.noting(request.user, "trial.deleted", target=trial):
            trial.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class CancelTrial(jobs.CancelJob):
    model = Trial
    serializer = TrialOutput

    @extend_schema(operation_id="trials_cancel", request=None, responses=TrialOutput)
    def post(self, request, pk: int) -> Response:
        return super().post(request, pk)


class RetryTrial(jobs.RetryJob):
    model = Trial
    serializer = TrialOutput

    @extend_schema(operation_id="trials_retry", request=None, responses=TrialOutput)
    def post(self, request, pk: int) -> Response:
        return super().post(request, pk)
