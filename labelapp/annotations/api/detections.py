from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.models.detection import Detection, Detector
from labelapp.images.api.bulk import ImageSelection
from labelapp.projects.access import found, project_for
from labelapp.projects.jobs import CancelJob, JobSerializer, RetryJob, answer
from labelapp.projects.models import AuditEntry


class DetectionInput(ImageSelection):
    detector = serializers.ChoiceField(Detector.choices)

    def get_fields(self):
        return {"class": serializers.IntegerField(source="label_class")} | super().get_fields()


class DetectionOutput(JobSerializer):
    class Meta(JobSerializer.Meta):
        model = Detection
        fields = (*JobSerializer.Meta.fields, "detector", "images", "changed", "unchanged", "found")
        read_only_fields = fields


class ProjectDetectionsView(APIView):
    @extend_schema(operation_id="detections_create", request=DetectionInput, responses={202: DetectionOutput})
    def post(self, request, pk: int) -> Response:
        """Look for faces, number plates or people on many images; they appear as suggestions of a class."""
        project = project_for(request.user, pk, "label")
        body = DetectionInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        label_class = project.classes.staying().filter(pk=given["label_class"]).first()
        if label_class is None:
            raise ValidationError({"class": _("The id of a class of this project is needed here.")})
        if not label_class.allows("box"):
            raise ValidationError({"class": _("This class is not for boxes. Choose another, or allow it boxes.")})
        detection = Detection(
            project=project, created_by=request.user, label_class=label_class.pk, class_name=label_class.name[:200],
            detector=given["detector"], **body.choice(),
        )  # fmt: skip
        detection.begin(given.get("expected"))
        AuditEntry.objects.note(request.user, "detection.started", target=detection, images=detection.images)
        return answer(DetectionOutput(detection))


class DetectionView(APIView):
    @extend_schema(operation_id="detections_retrieve", responses=DetectionOutput)
    def get(self, request, pk: int) -> Response:
        return Response(DetectionOutput(found(Detection.objects, request.user, pk)).data)


@extend_schema_view(post=extend_schema(operation_id="detections_cancel", request=None, responses=DetectionOutput))
class CancelDetectionView(CancelJob):
    model, serializer = Detection, DetectionOutput


@extend_schema_view(post=extend_schema(operation_id="detections_retry", request=None, responses=DetectionOutput))
class RetryDetectionView(RetryJob):
    model, serializer = Detection, DetectionOutput
