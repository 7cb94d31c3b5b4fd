from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.models import Seat
from labelapp.annotations.queue import ORDERS, Queue
from labelapp.annotations.round_queue import RoundQueue
from labelapp.images.api.images import FILTERS
from labelapp.images.api.serializers import ImageOutput, told
from labelapp.images.filters import ImageFilters
from labelapp.lib.numbers import LARGEST
from labelapp.projects.access import project_for

MOST_IMAGES = 500


class QueueInput(serializers.Serializer):
    order = serializers.ChoiceField(list(ORDERS), default="name")
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    round = serializers.IntegerField(
        min_value=1, max_value=LARGEST, required=False,
        help_text="Id of a round in which the person labels: of their own copies alone.",
    )  # fmt: skip
    suggested = serializers.BooleanField(default=False)
    image = serializers.IntegerField(required=False, help_text="Where to look; the first image when left out.")
    before = serializers.IntegerField(min_value=0, max_value=MOST_IMAGES, default=0)
    after = serializers.IntegerField(min_value=0, max_value=MOST_IMAGES, default=50)


class QueueOutput(serializers.Serializer):
    total = serializers.IntegerField()
    position = serializers.IntegerField(help_text="Of the first result, from 0.")
    results = ImageOutput(many=True)


class QueueView(APIView):
    @extend_schema(parameters=[*FILTERS, QueueInput], responses=QueueOutput)
    def get(self, request, pk: int):
        """The labelling queue around one image: that image, which need not fit the filters, and its neighbours."""
        project = project_for(request.user, pk)
        own = QueueInput(data=request.query_params.dict())
        own.is_valid(raise_exception=True)
        given = own.validated_data
        filters = ImageFilters.from_query(request.query_params, ignore=QueueInput().fields)
        asked = (filters, given["order"], given["seed"], given["suggested"])
        queue = RoundQueue(self._seat(project, given["round"]), *asked) if "round" in given else Queue(project, *asked)
        position, rows = queue.window(given.get("image"), given["before"], given["after"])
        return Response({"total": queue.total, "position": position, "results": told(rows)})

    def _seat(self, project, round: int) -> Seat:
        return get_object_or_404(Seat.objects.filter(round__project=project), round=round, person=self.request.user)
