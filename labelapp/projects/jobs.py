"""What every kind of job answers through the API, and its cancel and retry."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, Job


class JobSerializer(serializers.ModelSerializer):
    seconds_left = serializers.FloatField(read_only=True, allow_null=True)
    created_by = serializers.CharField(source="created_by.listed_name", read_only=True)

    class Meta:
        fields: tuple[str, ...] = (
            "id", "project", "status", "progress", "error", "seconds_left",
            "created_by", "created_at", "started_at", "finished_at",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields


def answer(job: serializers.ModelSerializer) -> Response:
    """What was asked for, which may be done already."""
    assert isinstance(job.instance, Job)
    return Response(job.data, status=status.HTTP_200_OK if job.instance.finished else status.HTTP_202_ACCEPTED)


class JobVerb(APIView):
    """``POST`` to a state of one job. A subclass names model, serializer and permission."""

    model: ClassVar[type[Job]]
    serializer: ClassVar[type[serializers.Serializer]]
    permission = "label"

    def job(self, request, pk: int) -> Any:
        return found(self.model.objects, request.user, pk, self.permission)

    def noting(self, job: Job, participle: str):
        return AuditEntry.objects.noting(self.request.user, f"{job._meta.model_name}.{participle}", target=job)

    def answer(self, job: Job) -> Response:
        return Response(self.serializer(job, context={"request": self.request}).data)


class CancelJob(JobVerb):
    def post(self, request, pk: int) -> Response:
        job = self.job(request, pk)
        with self.noting(job, "cancelled"):
            if not job.cancel():
                raise Conflict(_("This has already ended."))
        return self.answer(job)


class RetryJob(JobVerb):
    def post(self, request, pk: int) -> Response:
        job = self.job(request, pk)
        with self.noting(job, "retried"):
            if not job.retry():
                raise Conflict(_("Only what has failed or was cancelled can be tried again."))
        return self.answer(job)
