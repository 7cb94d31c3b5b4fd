from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.people import PersonOutput
from labelapp.annotations.models import Round, Seat
from labelapp.annotations.models.round import MOST_COPIES, MOST_PEOPLE
from labelapp.annotations.models.seat import seat_of
from labelapp.images.api.bulk import ImageSelection
from labelapp.lib.numbers import LARGEST
from labelapp.projects.access import found, project_for
from labelapp.projects.models import AuditEntry
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class NewRoundInput(ImageSelection):
    people = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), allow_empty=False, max_length=MOST_PEOPLE,
        help_text="Ids of at least two members who may label; each labels every image.",
    )  # fmt: skip
    empty = serializers.BooleanField(
        default=True, help_text="People start with nothing on the images; otherwise with the labels that are there."
    )
    most = serializers.IntegerField(
        min_value=1, max_value=MOST_COPIES, required=False, allow_null=True, default=None,
        help_text="Of more images than that so many are drawn by chance.",
    )  # fmt: skip
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RoundInput(serializers.Serializer):
    note = serializers.CharField(max_length=200, allow_blank=True)


class SeatOutput(serializers.ModelSerializer):
    person = PersonOutput()
    total = serializers.IntegerField(help_text="Images that are there now.")
    labelled = serializers.IntegerField(help_text="How many of them the person has labelled.")

    class Meta:
        model = Seat
        fields = ["person", "total", "labelled", "finished_at"]


class RoundOutput(serializers.ModelSerializer):
    created_by = PersonOutput()
    images = serializers.IntegerField(help_text="As it was started.")
    people = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = ["id", "number", "note", "empty", "images", "people", "created_by", "created_at", "closed_at"]

    @extend_schema_field(SeatOutput(many=True))
    def get_people(self, round: Round) -> Any:
        return SeatOutput(round.counted_seats, many=True).data


class ProjectRoundsView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="rounds_list", responses=page_of(RoundOutput))
    def get(self, request, pk: int) -> Response:
        """Newest first."""
        project = project_for(request.user, pk)
        pages = self.pagination_class()
        rows: Any = pages.paginate_queryset(project.rounds.select_related("created_by"), request, self)
        return pages.get_paginated_response(RoundOutput(counted(rows), many=True).data)

    @extend_schema(operation_id="rounds_create", request=NewRoundInput, responses={201: RoundOutput})
    def post(self, request, pk: int) -> Response:
        """Have several people label the same images, each on copies that nobody else sees."""
        project = project_for(request.user, pk, "review")
        body = NewRoundInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = {name: body.validated_data[name] for name in ("people", "empty", "note", "most")}
        made = Round.objects.start(project, request.user, body.images(project), **given)
        return answer(made, status.HTTP_201_CREATED)


class RoundView(APIView):
    @extend_schema(operation_id="rounds_retrieve", responses=RoundOutput)
    def get(self, request, pk: int) -> Response:
        return answer(found(Round.objects, request.user, pk))

    @extend_schema(operation_id="rounds_update", request=RoundInput, responses=RoundOutput)
    def patch(self, request, pk: int) -> Response:
        round = found(Round.objects, request.user, pk, "review")
        body = RoundInput(data=request.data)
        body.is_valid(raise_exception=True)
        round.describe(body.validated_data["note"])
        return answer(round)

    @extend_schema(operation_id="rounds_destroy", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """With all that people labelled in it; what was merged stays with its image."""
        round = found(Round.objects, request.user, pk, "review")
        with AuditEntry.objects.noting(request.user, "round.deleted", target=round):
            round.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ClosingView(APIView):
    """Being closed is a state: PUT closes a round, DELETE opens it again. Both may be said twice."""

    @extend_schema(operation_id="rounds_close", request=None, responses=RoundOutput)
    def put(self, request, pk: int) -> Response:
        """Nobody can change labels of it any more, reviewers can read them, and the agreement is worked out."""
        round = found(Round.objects, request.user, pk, "review")
        round.close(request.user)
        return answer(round)

    @extend_schema(operation_id="rounds_reopen", request=None, responses={200: RoundOutput})
    def delete(self, request, pk: int) -> Response:
        round = found(Round.objects, request.user, pk, "review")
        round.reopen(request.user)
        return answer(round)


class RoundCompletionView(APIView):
    """That one is done oneself is a state: the last one who says so closes the round."""

    @extend_schema(operation_id="rounds_finish", request=None, responses=RoundOutput)
    def put(self, request, pk: int) -> Response:
        round = found(Round.objects, request.user, pk, "label")
        seat_of(round, request.user).finish()
        return answer(Round.objects.get(pk=round.pk))

    @extend_schema(operation_id="rounds_unfinish", request=None, responses={200: RoundOutput})
    def delete(self, request, pk: int) -> Response:
        round = found(Round.objects, request.user, pk, "label")
        seat_of(round, request.user).reopen()
        return answer(round)


def counted(rounds: Any) -> list[Round]:
    """Each with the progress of its people, by one query for all."""
    rows = list(rounds)
    seats: dict[int, list[Seat]] = {each.pk: [] for each in rows}
    for seat in Seat.objects.filter(round__in=rows).counted().select_related("person").order_by("pk"):
        seats[seat.round_id].append(seat)
    for each in rows:
        each.counted_seats = seats[each.pk]
    return rows


def answer(round: Round, code: int = status.HTTP_200_OK) -> Response:
    (row,) = counted([round])
    return Response(RoundOutput(row).data, status=code)
