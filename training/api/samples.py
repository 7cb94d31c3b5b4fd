from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found
from training.models import Run
from training.outcomes import shown


class SamplesView(APIView):
    class SamplesQuery(serializers.Serializer):
        epoch = serializers.IntegerField(
            required=False, min_value=1, max_value=2**31 - 1, help_text="The last, if empty."
        )

    class SamplesOutput(serializers.Serializer):
        class Course(serializers.Serializer):
            epoch = serializers.IntegerField()
            agreements = serializers.ListField(child=serializers.FloatField(), help_text="Of each image, 0 to 1.")

        epoch = serializers.IntegerField()
        images = serializers.ListField(
            child=serializers.DictField(), help_text="What is on them and what the model said, in pixels of `canvas`."
        )
        course = Course(many=True, help_text="All epochs that are kept.")

    @extend_schema(operation_id="runs_samples", parameters=[SamplesQuery], responses=SamplesOutput)
    def get(self, request, pk: int) -> Response:
        """A few images with the model's answers after an epoch; they are the same in all epochs of a run."""
        run = found(Run.objects, request.user, pk)
        query = self.SamplesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = {"number": query.validated_data["epoch"]} if "epoch" in query.validated_data else {}
        samples = run.samples.filter(**wanted).last()
        if samples is None:
            raise Http404
        course = run.samples.values_list("number", "agreements")
        return Response(
            {
                "epoch": samples.number,
                "images": shown(run.project_id, samples.images),
                "course": [{"epoch": number, "agreements": agreements} for number, agreements in course],
            }
        )
