from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from labelapp.annotations.api.labellings import LabellingOutput
from labelapp.annotations.models import Labelling
from labelapp.images.api.bulk import ImageSelection
from labelapp.projects.access import project_for
from labelapp.projects.jobs import answer


class BulkTagInput(ImageSelection):
    ids = serializers.ListField(child=serializers.IntegerField(), required=False, help_text="Or `filters`.")
    mode = serializers.ChoiceField(["replace", "add"], default="replace")

    def get_fields(self):
        return {"class": serializers.IntegerField(source="label_class")} | super().get_fields()


class BulkTagView(APIView):
    @extend_schema(request=BulkTagInput, responses={200: LabellingOutput, 202: LabellingOutput})
    def post(self, request, pk: int):
        """Give many images one class; they become labelled. 202 where a worker does it: with more than some hundred."""
        project = project_for(request.user, pk, "label")
        body = BulkTagInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        label_class = project.classes.filter(pk=given["label_class"]).first()
        if label_class is None:
            raise ValidationError({"class": _("The id of a class of this project is needed here.")})
        if not label_class.allows("tag"):
            raise ValidationError({"class": _("This class is not for whole images.")})
        labelling = Labelling(
            project=project, created_by=request.user, label_class=label_class.pk, class_name=label_class.name[:200],
            replace=given["mode"] == "replace", **body.choice(),
        )  # fmt: skip
        return answer(LabellingOutput(labelling.begin(given.get("expected"))))


class BulkChangeView(APIView):
    @extend_schema(responses={200: LabellingOutput, 202: LabellingOutput})
    def delete(self, request, pk: int, key):
        """Undo a bulk change on those of its images that nobody has changed since."""
        project = project_for(request.user, pk, "label")
        Labelling.objects.require_ended(project, key)
        return answer(LabellingOutput(Labelling(project=project, created_by=request.user, undoes=key).begin()))
