from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects import jobs
from labelapp.projects.access import found, project_for
from labelapp.projects.schema import page_of
from training.api.serializers import PredictionInput, PredictionOutput
from training.models import Model, Prediction

UNLABELLED = {"status": ["new", "in_progress", "sent_back"]}


class PredictionsView(GenericAPIView):
    serializer_class = PredictionOutput

    @extend_schema(operation_id="predictions_list", responses=page_of(PredictionOutput))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        page = self.paginate_queryset(Prediction.objects.filter(project=project).select_related("created_by"))
        return self.get_paginated_response(PredictionOutput(page, many=True).data)

    @extend_schema(operation_id="predictions_create", request=PredictionInput, responses={202: PredictionOutput})
    def post(self, request, pk: int) -> Response:
        """Let a model propose labels; they appear on the images as suggestions."""
        project = project_for(request.user, pk, "label")
        body = PredictionInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        model = Model.objects.filter(project=project, pk=given["model"]).first()
        if model is None:
            raise ValidationError({"model": ["This project has no such model."]})
        filters = given.get("filters", UNLABELLED)
        prediction = Prediction.objects.start(project, request.user, model, filters, given["threshold"])
        return Response(PredictionOutput(prediction).data, status=status.HTTP_202_ACCEPTED)


class PredictionView(APIView):
    @extend_schema(operation_id="predictions_retrieve", responses=PredictionOutput)
    def get(self, request, pk: int) -> Response:
        return Response(PredictionOutput(found(Prediction.objects, request.user, pk)).data)


class CancelPrediction(jobs.CancelJob):
    model = Prediction
    serializer = PredictionOutput

    @extend_schema(operation_id="predictions_cancel", request=None, responses=PredictionOutput)
    def post(self, request, pk: int) -> Response:
        return super().post(request, pk)


class RetryPrediction(jobs.RetryJob):
    model = Prediction
    serializer = PredictionOutput

    @extend_schema(operation_id="predictions_retry", request=None, responses=PredictionOutput)
    def post(self, request, pk: int) -> Response:
        return super().post(request, pk)
