"""How fast the workers train what is on the shelf."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import project_for
from training.engine import zoo
from training.engine.answers import ANSWERS
from training.models import Measurement, Worker


class MeasurementOutput(serializers.ModelSerializer):
    train_images_per_second = serializers.FloatField(source="train_speed")
    predict_images_per_second = serializers.FloatField(source="predict_speed")
    status = serializers.ChoiceField(["measured", "waiting", "measuring", "failed", "unknown"])

    class Meta:
        model = Measurement
        fields = [
            "node", "preset", "task", "status", "device", "edge", "batch_size", "train_images_per_second",
            "predict_images_per_second", "memory_bytes", "error", "measured_at",
        ]  # fmt: skip


class MeasurementsOutput(serializers.Serializer):
    results = MeasurementOutput(many=True)
    nodes = serializers.ListField(child=serializers.CharField(), help_text="On which a worker that trains lives.")


class MeasurementsInput(serializers.Serializer):
    task = serializers.ChoiceField(list(ANSWERS))
    presets = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Left out: all that know the task."
    )
    nodes = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Left out: all on which a worker that trains lives."
    )


class MeasurementsView(APIView):
    @extend_schema(operation_id="measurements_list", responses=MeasurementsOutput)
    def get(self, request) -> Response:
        """What is known of every node, and what is being found out."""
        return Response(rendered())


class ProjectMeasurementsView(APIView):
    """Asked for from a project, by people who may train there; what is found is for the whole site."""

    @extend_schema(operation_id="measurements_create", request=MeasurementsInput, responses={202: MeasurementsOutput})
    def post(self, request, pk: int) -> Response:
        """Measure presets as soon as no run is in the way; each takes half a minute or so."""
        project_for(request.user, pk, "label")
        body = MeasurementsInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        task = given["task"]
        fitting = [preset.name for preset in zoo.PRESETS.values() if task in preset.tasks]
        presets = given.get("presets", fitting)
        if unknown := set(presets) - set(fitting):
            sentence = _("No preset of this task: {names}.").format(names=", ".join(sorted(unknown)))
            raise ValidationError({"presets": [sentence]})
        living = Worker.objects.training_nodes()
        nodes = given.get("nodes", living)
        if gone := set(nodes) - set(living):
            sentence = _("No worker that trains lives on {names}.").format(names=", ".join(sorted(gone)))
            raise ValidationError({"nodes": [sentence]})
        for node in nodes:
            Measurement.objects.ask(node, [(name, task) for name in fitting if name in presets])
        return Response(rendered(), status=status.HTTP_202_ACCEPTED)

    @extend_schema(operation_id="measurements_withdraw", request=None, responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Measure nothing more; what is being measured ends within seconds."""
        project_for(request.user, pk, "label")
        Measurement.objects.withdraw()
        return Response(status=status.HTTP_204_NO_CONTENT)


def rendered() -> dict:
    known = Measurement.objects.filter(preset__in=zoo.PRESETS)
    return {"results": MeasurementOutput(known, many=True).data, "nodes": Worker.objects.training_nodes()}
