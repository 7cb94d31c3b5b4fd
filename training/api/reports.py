"""What a run leaves behind: its figures, its predictions on the images, its log."""

import json
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.exchange.download import send_file
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import found
from training.child import tail
from training.models import Run
from training.outcomes import KINDS, ORDERINGS, Outcomes
from training.specs import local_copy

MOST_LOG_BYTES = 2**20


class MetricsView(APIView):
    @extend_schema(operation_id="runs_metrics", responses=OpenApiTypes.OBJECT)
    def get(self, request, pk: int) -> Response:
        """Everything that was measured on validation and test images (the engine's metrics.json)."""
        run = found(Run.objects, request.user, pk)
        try:
            with default_storage.open(f"{run.result_folder}/metrics.json") as file:
                return Response(json.load(file))
        except FileNotFoundError:
            raise Http404 from None


class PredictionsView(APIView):
    class OutcomesQuery(serializers.Serializer):
        split = serializers.ChoiceField(["validation", "test"], required=False)
        true = serializers.IntegerField(required=False, min_value=-1, max_value=2**53)
        predicted = serializers.IntegerField(required=False, min_value=-1, max_value=2**53)
        correct = serializers.BooleanField(required=False, allow_null=True, default=None)
        kind = serializers.ChoiceField(KINDS, required=False, help_text="Only images with such an error, of boxes.")
        ordering = serializers.ChoiceField(ORDERINGS, default="-score")
        page_size = serializers.IntegerField(min_value=1, max_value=500, default=60)
        offset = serializers.IntegerField(min_value=0, max_value=2**53, default=0)

    class OutcomesOutput(serializers.Serializer):
        count = serializers.IntegerField()
        results = serializers.ListField(child=serializers.DictField())
        next = serializers.CharField(allow_null=True)
        previous = serializers.CharField(allow_null=True)

    @extend_schema(operation_id="runs_predictions", parameters=[OutcomesQuery], responses=OutcomesOutput)
    def get(self, request, pk: int) -> Response:
        """The model's answers on validation and test images, with the images that are still there."""
        run = found(Run.objects, request.user, pk)
        query = self.OutcomesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(Outcomes(run).page(request.build_absolute_uri(), **query.validated_data))


class TensorBoardView(APIView):
    @extend_schema(operation_id="runs_tensorboard", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request, pk: int) -> HttpResponseBase:
        """The figures of the epochs as TensorBoard reads them: unpack the archive, `tensorboard --logdir` it."""
        run = found(Run.objects, request.user, pk)
        name = run.stored_tensorboard
        if not default_storage.exists(name):
            raise Http404
        tag = f"tensorboard-{run.pk}-{default_storage.get_modified_time(name).timestamp()}"
        return send_file(request._request, name, f"run-{run.number}-tensorboard.zip", "application/zip", tag)


class LogView(APIView):
    @extend_schema(
        operation_id="runs_log",
        parameters=[OpenApiParameter("size", int, description="Bytes from its end, 64 KiB by default.")],
        responses={(200, "text/plain"): OpenApiTypes.STR},
    )
    def get(self, request, pk: int) -> HttpResponse:
        """The end of what the training process wrote to its log."""
        run = found(Run.objects, request.user, pk)
        size = whole_number(request.query_params.get("size", "")) or 65_536
        text = tail(self._file(run), min(size, MOST_LOG_BYTES))
        return HttpResponse(text, content_type="text/plain; charset=utf-8")

    def _file(self, run: Run) -> Path:
        """On the worker's own machine while it trains; afterwards in the storage."""
        if run.log_file.exists() or not default_storage.exists(run.stored_log):
            return run.log_file
        return local_copy(run.stored_log, settings.CACHE_DIR, changes=True)
