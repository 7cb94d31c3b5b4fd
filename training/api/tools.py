"""What the training form needs before a run starts."""

from dataclasses import asdict
from functools import cache

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.decoding import Refused
from labelapp.projects.access import found, project_for
from labelapp.versions.models import Version
from training import specs
from training.api.serializers import WorkerOutput
from training.augmented import Preview
from training.engine import zoo
from training.engine.errors import EngineError
from training.engine.spec import RunSpec
from training.engine.zoo.costs import MEASURED_CLASSES, costs
from training.estimate import estimated
from training.models import Worker

MOST_POINTS = 400


@cache
def schema() -> dict:
    return RunSpec.model_json_schema()


class SchemaView(APIView):
    @extend_schema(operation_id="runs_schema", responses=OpenApiTypes.OBJECT)
    def get(self, request) -> Response:
        """JSON schema of RunSpec; ``group`` and ``advanced`` say where a form shows a field."""
        return Response(schema())


class PresetsView(APIView):
    @extend_schema(operation_id="presets_list", responses=OpenApiTypes.OBJECT)
    def get(self, request) -> Response:
        """The model shelf, and the weights files in the server's folder."""
        return Response(
            {"results": [card(preset) for preset in zoo.PRESETS.values()], "weight_files": specs.weight_files()}
        )


def card(preset: zoo.Preset) -> dict:
    """What the shelf says, with what it costs for each task."""
    return asdict(preset) | {"costs": {task: figures(preset, task) for task in preset.tasks}}


def figures(preset: zoo.Preset, task: str) -> dict:
    """What the whole model costs at its own input size, with ten classes and the batches it is trained with."""
    cost, batch_size = costs()[preset.name][task], preset.recipe(task, False).batch_size
    return {
        "edge": cost.edge,
        "parameters": cost.parameters.of(MEASURED_CLASSES),
        "gflops": cost.work(MEASURED_CLASSES, cost.edge**2) / 1e9,
        "batch_size": batch_size,
        "memory_bytes": cost.memory(MEASURED_CLASSES, cost.edge**2, batch_size),
    }


class ScheduleView(APIView):
    class ScheduleInput(serializers.Serializer):
        spec = serializers.DictField()
        version = serializers.IntegerField(min_value=1, max_value=2**53, help_text="Id of the version to train on.")

    class ScheduleOutput(serializers.Serializer):
        epochs = serializers.IntegerField()
        batch_size = serializers.IntegerField()
        image_size = serializers.IntegerField()
        train_images = serializers.IntegerField(help_text="Images, or tiles of them, in an epoch.")
        steps_per_epoch = serializers.IntegerField()
        steps = serializers.ListField(child=serializers.IntegerField())
        learning_rates = serializers.ListField(child=serializers.FloatField())
        points_per_epoch = serializers.IntegerField()
        memory_bytes = serializers.IntegerField(help_text="What training needs at most, on the CPU.")
        disk_bytes = serializers.IntegerField(help_text="Of decoded images, checkpoints and the model.")
        seconds = serializers.FloatField(allow_null=True, help_text="If not stopped early; null: nothing was measured.")
        judged_by = serializers.CharField(help_text="What the seconds were told from.")
        problems = serializers.ListField(child=serializers.CharField(), help_text="What fits on no worker.")
        resolved = serializers.DictField(help_text="The spec with nothing left open.")

    @extend_schema(operation_id="runs_schedule", request=ScheduleInput, responses=ScheduleOutput)
    def post(self, request) -> Response:
        """What a spec means on a version with every empty field filled in, and its learning rate at up to 400 steps."""
        body = self.ScheduleInput(data=request.data)
        body.is_valid(raise_exception=True)
        spec = specs.validated(body.validated_data["spec"])
        version = found(Version.objects.completed(), request.user, body.validated_data["version"])
        images = specs.training_samples(spec, version) or 1
        plan = specs.resolved(spec, version)
        # A schedule's form does not depend on the number of steps: few are enough to draw it.
        per_epoch = max(min(-(-images // plan.batch_size), MOST_POINTS // plan.epochs or 1), 1)
        rates = plan.learning_rates(per_epoch)
        every = -(-len(rates) // MOST_POINTS)
        return Response(
            {
                "epochs": plan.epochs,
                "batch_size": plan.batch_size,
                "image_size": plan.image_size,
                "train_images": images,
                "steps_per_epoch": -(-images // plan.batch_size),
                "steps": list(range(0, len(rates), every)),
                "learning_rates": rates[::every],
                "points_per_epoch": per_epoch,
                **asdict(estimated(plan, version)),
                "resolved": plan.model_dump(mode="json"),
            }
        )


class AugmentationPreviewView(APIView):
    class PreviewInput(serializers.Serializer):
        version = serializers.IntegerField(min_value=1, max_value=2**53, help_text="Id of the version to look at.")
        spec = serializers.DictField(required=False, help_text="Its task, augmentation and way to resize count.")
        seed = serializers.IntegerField(default=0, min_value=0, max_value=2**31)
        count = serializers.IntegerField(default=4, min_value=1, max_value=8)
        epochs = serializers.IntegerField(default=2, min_value=1, max_value=4)

    class PreviewOutput(serializers.Serializer):
        results = serializers.ListField(child=serializers.DictField())
        reason = serializers.CharField(help_text="Why there are none.")

    @extend_schema(operation_id="augmentations_preview", request=PreviewInput, responses=PreviewOutput)
    def post(self, request, pk: int) -> Response:
        """Some training images of a version as they are and as the first epochs would see them, with their labels."""
        project = project_for(request.user, pk)
        body = self.PreviewInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        version = found(Version.objects.completed().filter(project=project), request.user, given["version"])
        preview = Preview(version, specs.validated(given.get("spec") or {}), given["seed"])
        try:
            return Response({"results": preview.images(given["count"], given["epochs"]), "reason": ""})
        except EngineError as error:
            return Response({"results": [], "reason": f"{error.message} {error.hint}"})
        except (FileNotFoundError, Refused):
            return Response(
                {"results": [], "reason": _("Files of this version are gone from the storage, or damaged.")}
            )


class WorkersView(ListAPIView):
    serializer_class = WorkerOutput
    queryset = Worker.objects.workers()
