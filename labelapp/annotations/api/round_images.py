from typing import Any

from django.db.models import F
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.annotations import state_response
from labelapp.annotations.api.people import PersonOutput
from labelapp.annotations.api.serializers import AnnotationOutput, StateOutput
from labelapp.annotations.models import Round, RoundImage
from labelapp.annotations.models.change_set import MOST_SHAPES
from labelapp.annotations.models.round_merge import STATUSES, merge
from labelapp.images.models import ImageStatus
from labelapp.projects.access import found
from labelapp.projects.schema import all_of


class RoundImageOutput(serializers.ModelSerializer):
    id = serializers.IntegerField(source="image_id")
    name = serializers.CharField(source="image.name")
    thumbnail = serializers.SerializerMethodField()
    status = serializers.ChoiceField(ImageStatus.choices, source="image.status")
    score = serializers.FloatField(allow_null=True, help_text="How far people agree, 0 to 1.")
    people = serializers.IntegerField(help_text="Who have labelled it.")
    changed = serializers.SerializerMethodField(help_text="It was labelled otherwise since the round began.")

    class Meta:
        model = RoundImage
        fields = ["id", "name", "thumbnail", "status", "score", "people", "changed", "merged_at"]

    def get_thumbnail(self, row: RoundImage) -> str:
        return f"/api/images/{row.image_id}/thumbnail/"

    def get_changed(self, row: RoundImage) -> bool:
        return row.image.revision != row.revision


class RoundImagesView(APIView):
    @extend_schema(operation_id="rounds_images_list", responses=all_of(RoundImageOutput))
    def get(self, request, pk: int) -> Response:
        """Of a closed round, those first on which people agree least."""
        round = found(Round.objects, request.user, pk, "review")
        round.require_closed()
        rows = round.chosen.filter(image__trashed_at=None).select_related("image")
        listed = rows.order_by(F("score").asc(nulls_last=True), "pk")
        return Response({"results": RoundImageOutput(listed, many=True).data})


class PartOutput(serializers.Serializer):
    person = PersonOutput()
    status = serializers.ChoiceField(ImageStatus.choices)
    annotations = AnnotationOutput(many=True)
    comments = serializers.ListField(child=serializers.CharField())


class RoundImageDetail(RoundImageOutput):
    width = serializers.IntegerField(source="image.width")
    height = serializers.IntegerField(source="image.height")
    display = serializers.SerializerMethodField()
    revision = serializers.IntegerField(source="image.revision", help_text="Of the image, as it is now.")
    annotations = serializers.SerializerMethodField(help_text="On the image itself.")
    parts = serializers.SerializerMethodField(help_text="What each person has labelled.")
    proposal = serializers.ListField(child=serializers.UUIDField(), help_text="What most of them agree on.")

    class Meta(RoundImageOutput.Meta):
        fields = [
            *RoundImageOutput.Meta.fields, "width", "height", "display", "revision", "annotations", "parts", "proposal",
        ]  # fmt: skip

    def get_display(self, row: RoundImage) -> str:
        return f"/api/images/{row.image_id}/display/"

    @extend_schema_field(AnnotationOutput(many=True))
    def get_annotations(self, row: RoundImage) -> Any:
        return row.image.annotations.rows()

    @extend_schema_field(PartOutput(many=True))
    def get_parts(self, row: RoundImage) -> Any:
        copies = row.copies.select_related("seat__person", "image").order_by("seat")
        return [
            {
                "person": PersonOutput(copy.seat.person).data,
                "status": copy.image.status,
                "annotations": copy.image.annotations.rows(),
                "comments": [each.text for each in copy.image.comments.order_by("pk")],
            }
            for copy in copies
        ]


class RoundImageView(APIView):
    @extend_schema(operation_id="rounds_images_retrieve", responses=RoundImageDetail)
    def get(self, request, pk: int, image: int) -> Response:
        """What everybody has labelled on one image of a closed round."""
        return Response(RoundImageDetail(chosen(request.user, pk, image)).data)


class ImageMergeView(APIView):
    class ImageMergeInput(serializers.Serializer):
        base_revision = serializers.IntegerField(min_value=0, help_text="The revision of the image that was looked at.")
        key = serializers.UUIDField(help_text="Of this change set: sent again, nothing is done twice.")
        take = serializers.ListField(
            child=serializers.UUIDField(), max_length=MOST_SHAPES,
            help_text="Ids of people's annotations, and of those on the image that stay. All others there go.",
        )  # fmt: skip
        status = serializers.ChoiceField(STATUSES, default=STATUSES[0])

    @extend_schema(operation_id="rounds_images_merge", request=ImageMergeInput, responses=StateOutput)
    def post(self, request, pk: int, image: int) -> Response:
        """Give the image these labels, as one revision."""
        row = chosen(request.user, pk, image)
        body = self.ImageMergeInput(data=request.data)
        body.is_valid(raise_exception=True)
        given: Any = body.validated_data
        return state_response(merge(row, request.user, given.pop("take"), **given))


def chosen(user, pk: int, image: int) -> RoundImage:
    round = found(Round.objects, user, pk, "review")
    round.require_closed()
    rows = round.chosen.filter(image__trashed_at=None).select_related("image__project", "round__project")
    row: RoundImage | None = rows.filter(image=image).first()
    if row is None:
        raise Http404
    return row
