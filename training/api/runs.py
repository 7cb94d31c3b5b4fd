from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.lib.numbers import whole_number
from labelapp.projects.access import found, project_for
from labelapp.projects.models import AuditEntry
from labelapp.projects.schema import page_of
from labelapp.versions.models import Version
from training.api.serializers import NameInput, RunInput, RunOutput, RunSummary
from training.models import Run

RELATED = ("version", "worker", "created_by", "model")


class RunsView(GenericAPIView):
    serializer_class = RunSummary

    @extend_schema(
        operation_id="runs_list", parameters=[OpenApiParameter("version", int)], responses=page_of(RunSummary)
    )
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        runs = Run.objects.filter(project=project).select_related(*RELATED).with_course()
        asked = request.query_params.get("version", "")
        if asked:
            version = whole_number(asked)
            if version is None:
                raise ValidationError({"version": ["The id of a version is a whole number."]})
            runs = runs.filter(version=version)
        page = self.paginate_queryset(runs)
        return self.get_paginated_response(RunSummary(page, many=True).data)

    @extend_schema(operation_id="runs_create", request=RunInput, responses={202: RunOutput})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "label")
        body = RunInput(data=request.data)
        body.is_valid(raise_exception=True)
        version = Version.objects.filter(project=project, pk=body.validated_data["version"]).first()
        if version is None:
            raise ValidationError({"version": ["This project has no such version."]})
        run = Run.objects.start(
            project, request.user, version, body.validated_data["spec"], body.validated_data.get("name", "")
        )
        return Response(rendered(run), status=status.HTTP_202_ACCEPTED)


class RunView(APIView):
    @extend_schema(operation_id="runs_retrieve", responses=RunOutput)
    def get(self, request, pk: int) -> Response:
        return Response(rendered(found(Run.objects, request.user, pk)))

    @extend_schema(operation_id="runs_update", request=NameInput, responses=RunOutput)
    def patch(self, request, pk: int) -> Response:
        run = found(Run.objects, request.user, pk, "label")
        body = NameInput(data=request.data)
        body.is_valid(raise_exception=True)
        name = body.validated_data["name"]
        with AuditEntry.objects.noting(request.user, "run.renamed", target=run, name=name):
            run.rename(name)
        return Response(rendered(run))

    @extend_schema(operation_id="runs_delete", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Delete the run, its model and its files; an unfinished one ends at once."""
        run = found(Run.objects, request.user, pk, "label")
        with AuditEntry.objects.noting(request.user, "run.deleted", target=run):
            run.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class RunVerb(APIView):
    """``POST`` to one of the states that a person can bring a run into."""

    def run(self, request, pk: int) -> Run:
        return found(Run.objects, request.user, pk, "label")


class StopRun(RunVerb):
    @extend_schema(operation_id="runs_stop", request=None, responses=RunOutput)
    def post(self, request, pk: int) -> Response:
        """End training early, evaluate and keep the best weights."""
        run = self.run(request, pk)
        with AuditEntry.objects.noting(request.user, "run.stopped", target=run):
            run.stop()
        return Response(rendered(run))


class CancelRun(RunVerb):
    @extend_schema(operation_id="runs_cancel", request=None, responses=RunOutput)
    def post(self, request, pk: int) -> Response:
        """End training at once and keep no model."""
        run = self.run(request, pk)
        with AuditEntry.objects.noting(request.user, "run.cancelled", target=run):
            run.cancel()
        return Response(rendered(run))


class ResumeRun(RunVerb):
    @extend_schema(operation_id="runs_resume", request=None, responses=RunOutput)
    def post(self, request, pk: int) -> Response:
        """Go on from the last checkpoint; from the beginning when there is none."""
        run = self.run(request, pk)
        with AuditEntry.objects.noting(request.user, "run.resumed", target=run):
            run.resume()
        return Response(rendered(run))


def rendered(run: Run) -> dict:
    fresh = get_object_or_404(Run.objects.select_related(*RELATED).prefetch_related("epoch_rows"), pk=run.pk)
    return RunOutput(fresh).data
