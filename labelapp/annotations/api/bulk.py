from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.serializers import BulkOutput
from labelapp.annotations.models import Revision
from labelapp.images.api.bulk import ImageSelection
from labelapp.projects.access import project_for
from labelapp.projects.models import AuditEntry


class BulkTagInput(ImageSelection):
    ids = serializers.ListField(child=serializers.IntegerField(), required=False, help_text="Or `filters`.")
    mode = serializers.ChoiceField(["replace", "add"], default="replace")

    def get_fields(self):
        return {"class": serializers.IntegerField(source="label_class")} | super().get_fields()


class BulkTagView(APIView):
    @extend_schema(request=BulkTagInput, responses=BulkOutput)
    def post(self, request, pk: int):
        """Give many images one class; they become labelled."""
        project = project_for(request.user, pk, "label")
        body = BulkTagInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        label_class = project.classes.filter(pk=given["label_class"]).first()
        if label_class is None:
            raise ValidationError({"class": _("The id of a class of this project is needed here.")})
        if not label_class.allows("tag"):
            raise ValidationError({"class": _("This class is not for whole images.")})
        pairs = [(image, label_class) for image in body.images(project).only("pk")]
        done = Revision.objects.tag_images(project, request.user, pairs, replace=given["mode"] == "replace")
        AuditEntry.objects.note(request.user, "image.tagged", project, label_class, images=done.changed)
        return Response(BulkOutput(done, context={"project": project}).data)


class BulkChangeView(APIView):
    @extend_schema(responses={200: BulkOutput})
    def delete(self, request, pk: int, key):
        """Undo a bulk change on those of its images that nobody has changed since."""
        project = project_for(request.user, pk, "label")
        undone = Revision.objects.undo_bulk(project, key, request.user)
        AuditEntry.objects.note(request.user, "image.undone", project, images=undone.changed)
        return Response(BulkOutput(undone, context={"project": project}).data)
