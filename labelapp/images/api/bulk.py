from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.api.deletions import DeletionOutput
from labelapp.images.expected import require_expected
from labelapp.images.filters import MOST_IDS, ImageFilters
from labelapp.images.models import Deletion, Image, Split
from labelapp.lib.numbers import LARGEST
from labelapp.projects.access import project_for
from labelapp.projects.jobs import answer
from labelapp.projects.models import AuditEntry


class ImageSelection(serializers.Serializer):
    """Either ``ids`` or ``filters``, apart from those in ``except``: which images of the project are meant."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), allow_empty=False, required=False
    )
    filters = serializers.DictField(required=False)
    expected = serializers.IntegerField(
        min_value=0, required=False, help_text="How many images are meant: 409, and nothing is done, when it differs."
    )

    def get_fields(self):
        left_out = serializers.ListField(
            child=serializers.IntegerField(min_value=1, max_value=LARGEST), max_length=MOST_IDS, required=False
        )
        return super().get_fields() | {"except": left_out}  # a name that a class body cannot hold

    def validate(self, attrs):
        if ("ids" in attrs) == ("filters" in attrs):
            raise serializers.ValidationError(_("Say which images: either ids or filters."))
        return attrs

    def choice(self, in_trash: bool = False) -> dict[str, Any]:
        """As a ManyImages keeps it: of those in the trash, or of those that are not."""
        given = self.validated_data
        filters = ImageFilters({**given.get("filters", {"ids": given.get("ids")}), "trashed": in_trash})
        return {"filters": filters.as_dict(), "left_out": given.get("except", [])}

    def images(self, project, in_trash: bool = False):
        """The chosen images, of those in the trash or of those that are not.

        Raises:
            Conflict: they are not as many as expected.
        """
        given = self.validated_data
        filters = ImageFilters(self.choice(in_trash)["filters"])
        images = filters.apply(Image.objects.filter(project=project).exclude(pk__in=given.get("except", [])))
        if (expected := given.get("expected")) is not None:
            require_expected(images.count(), expected)
        return images


class BulkView(APIView):
    """Change many images at once."""

    class ImagesChangeInput(ImageSelection):
        class ImagesChange(serializers.Serializer):
            split = serializers.ChoiceField(Split.choices, allow_blank=True, required=False)
            trashed = serializers.BooleanField(required=False)

            def validate(self, attrs):
                if len(attrs) != 1:
                    raise serializers.ValidationError(_("Set exactly one of: split, trashed."))
                return attrs

        def get_fields(self):
            return super().get_fields() | {"set": self.ImagesChange()}

    class ImagesChanged(serializers.Serializer):
        changed = serializers.IntegerField()

    @extend_schema(operation_id="images_bulk", request=ImagesChangeInput, responses=ImagesChanged)
    def post(self, request, pk: int):
        project = project_for(request.user, pk, "label")
        body = self.ImagesChangeInput(data=request.data)
        body.is_valid(raise_exception=True)
        change = body.validated_data["set"]
        if "split" in change:
            with AuditEntry.objects.noting(request.user, "image.assigned", project, change["split"]):
                changed = body.images(project).assign_split(change["split"])
        elif change["trashed"]:
            changed = trash(body.images(project), project, request.user)
        else:
            changed = restore(body.images(project, in_trash=True), project, request.user)
        return Response({"changed": changed})


class TrashView(APIView):
    """The trash of a project: DELETE empties it, or takes the chosen images out of the world."""

    @extend_schema(
        operation_id="trash_destroy", request=ImageSelection, responses={200: DeletionOutput, 202: DeletionOutput}
    )
    def delete(self, request, pk: int):
        """202 where a worker does it: with more than some hundred images."""
        project = project_for(request.user, pk, "manage")
        body = ImageSelection(data=request.data or {"filters": {}})
        body.is_valid(raise_exception=True)
        deletion = Deletion(project=project, created_by=request.user, **body.choice(in_trash=True))
        return answer(DeletionOutput(deletion.begin(body.validated_data.get("expected"))))


def trash(images, project, user) -> int:
    """Put images into the trash and write it down; returns how many were not there yet."""
    with transaction.atomic():
        changed = images.move_to_trash(user)
        if changed:
            AuditEntry.objects.note(user, "image.trashed", project, images=changed)
    return changed


def restore(images, project, user) -> int:
    with transaction.atomic():
        changed = images.restore()
        if changed:
            AuditEntry.objects.note(user, "image.restored", project, images=changed)
    return changed
