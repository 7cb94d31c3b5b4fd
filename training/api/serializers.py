from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labelapp.images.filters import ImageFilters
from labelapp.projects.jobs import JobSerializer
from training.models import Epoch, Model, Prediction, Run, Trial, Worker
from training.models.run_states import RESUMABLE
from training.models.trial import TrialKind


class EpochOutput(serializers.ModelSerializer):
    epoch = serializers.IntegerField(source="number")

    class Meta:
        model = Epoch
        fields = ["epoch", "metrics", "learning_rate", "seconds", "images_per_second", "best"]


class WatchedEpochOutput(EpochOutput):
    statistics = serializers.ListField(
        child=serializers.DictField(), help_text="By group of layers: length of weights, gradients and update."
    )

    class Meta(EpochOutput.Meta):
        fields = [*EpochOutput.Meta.fields, "statistics"]


class VersionLink(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.IntegerField()
    hash = serializers.CharField()


class RunSummary(serializers.ModelSerializer):
    """A run as lists show it."""

    preset = serializers.SerializerMethodField()
    task = serializers.SerializerMethodField()
    version = VersionLink()
    model = serializers.SerializerMethodField(help_text="Id of the model, once there is one.")
    created_by = serializers.CharField(source="created_by.listed_name")
    worker = serializers.CharField(source="worker.name", default=None, allow_null=True)
    seconds_left = serializers.FloatField(allow_null=True)
    progress = serializers.FloatField(help_text="0 to 1.")
    history = EpochOutput(
        source="epoch_rows", many=True, help_text="Its epochs; in lists some of them, with the best and the last."
    )

    class Meta:
        model = Run
        fields = [
            "id", "project", "number", "name", "status", "message", "error", "progress", "epoch", "epochs",
            "seconds_left", "metrics", "model", "task", "preset", "version", "worker", "created_by", "created_at",
            "started_at", "finished_at", "history",
        ]  # fmt: skip

    def get_preset(self, run: Run) -> str:
        return run.spec.get("preset", "compact_cnn")

    def get_task(self, run: Run) -> str:
        return run.spec.get("task", "classification")

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_model(self, run: Run) -> int | None:
        model = getattr(run, "model", None)
        return model.pk if model else None


class RunOutput(RunSummary):
    history = WatchedEpochOutput(source="epoch_rows", many=True)
    resumable = serializers.SerializerMethodField(help_text="Whether it can be queued again.")
    checkpoint = serializers.SerializerMethodField(help_text="Epoch it would go on after; null: from the beginning.")
    tensorboard = serializers.SerializerMethodField(help_text="Where its event files are; null where there are none.")
    deaths = serializers.IntegerField(help_text="Of its process or worker since the last checkpoint.")

    class Meta(RunSummary.Meta):
        fields = [*RunSummary.Meta.fields, "spec", "resumable", "checkpoint", "tensorboard", "deaths"]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_tensorboard(self, run: Run) -> str | None:
        return f"/api/runs/{run.pk}/tensorboard/" if run.has_model and run.model.card.get("tensorboard") else None

    def get_resumable(self, run: Run) -> bool:
        return run.status in RESUMABLE

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_checkpoint(self, run: Run) -> int | None:
        return run.checkpoints.filter(kind="last").values_list("epoch", flat=True).first()


class RunInput(serializers.Serializer):
    version = serializers.IntegerField()
    spec = serializers.DictField(help_text="A RunSpec, see /api/runs/schema/; task and preset are enough.")
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class NameInput(serializers.Serializer):
    name = serializers.CharField(max_length=200)


class ModelOutput(serializers.ModelSerializer):
    run = serializers.IntegerField(source="run_id")
    files = serializers.SerializerMethodField(help_text="Download addresses by format.")

    class Meta:
        model = Model
        fields = ["id", "project", "run", "name", "task", "card", "files", "created_at"]

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_files(self, model: Model) -> dict[str, str]:
        return {format: f"/api/models/{model.pk}/files/{format}/" for format in model.formats}


class PredictionInput(serializers.Serializer):
    model = serializers.IntegerField()
    filters = serializers.DictField(required=False, help_text="As the image list; default: images nobody has labelled.")
    threshold = serializers.FloatField(min_value=0, max_value=1, default=0.0)

    def validate_filters(self, value: dict) -> dict:
        return ImageFilters(value).as_dict()


class PredictionOutput(JobSerializer):
    class Meta:
        model = Prediction
        fields = [*JobSerializer.Meta.fields, "model", "filters", "threshold", "counts"]


class TrialInput(serializers.Serializer):
    kind = serializers.ChoiceField(
        TrialKind.choices, help_text="check: a dry run; rate: the search for a learning rate."
    )
    version = serializers.IntegerField(min_value=1, max_value=2**53)
    spec = serializers.DictField(help_text="A RunSpec, as a run takes it.")


class TrialOutput(JobSerializer):
    stages = serializers.DictField(help_text="Of a check: seconds of each stage that went well.")
    outcome = serializers.DictField(help_text="Of a check: what is expected of the run; else rates and losses.")
    problem = serializers.DictField(help_text="Of one that failed: code, message, hint, and fields it is about.")

    class Meta:
        model = Trial
        fields = [*JobSerializer.Meta.fields, "kind", "version", "spec", "message", "stages", "outcome", "problem"]


class WorkerOutput(serializers.ModelSerializer):
    alive = serializers.BooleanField()

    class Meta:
        model = Worker
        fields = ["name", "alive", "queues", "cpus", "memory_bytes", "gpus", "usage", "started_at", "seen_at"]
