from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.people import PersonOutput
from labelapp.annotations.throughput import throughput
from labelapp.projects.access import project_for

MOST_DAYS = 366
DAYS = 30
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class PeriodInput(serializers.Serializer):
    first = serializers.DateField(required=False, help_text=f"By default {DAYS} days that end with the last.")
    last = serializers.DateField(required=False, help_text="Today by default.")
    timezone = serializers.CharField(default="UTC", max_length=64, help_text="Whose days are meant: `Europe/Paris`.")

    def validate_timezone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise serializers.ValidationError(_("There is no such time zone.")) from None

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        last = attrs.get("last") or timezone.now().astimezone(attrs["timezone"]).date()
        if not EARLIEST <= last <= LATEST:
            raise serializers.ValidationError({"last": _("This day is too far away.")})
        first = attrs.get("first") or max(last - timedelta(days=DAYS - 1), EARLIEST)
        if not EARLIEST <= first <= last:
            raise serializers.ValidationError({"first": _("The first day cannot be after the last.")})
        if (last - first).days >= MOST_DAYS:
            raise serializers.ValidationError({"first": _("At most {days} days.").format(days=MOST_DAYS)})
        return {"first": first, "last": last, "zone": attrs["timezone"]}


class ThroughputRow(serializers.Serializer):
    person = serializers.IntegerField(help_text="Id out of `people`.")
    day = serializers.DateField()
    labelled = serializers.IntegerField(help_text="Images that became labelled.")
    approved = serializers.IntegerField(help_text="Images.")
    sent_back = serializers.IntegerField(help_text="Images.")
    drawn = serializers.IntegerField(help_text="Annotations made by hand.")
    accepted = serializers.IntegerField(help_text="Suggestions that were taken over as they are.")
    corrected = serializers.IntegerField(help_text="Annotations by a model that were changed.")


class ThroughputOutput(serializers.Serializer):
    first = serializers.DateField()
    last = serializers.DateField()
    people = PersonOutput(many=True)
    results = ThroughputRow(many=True)


class ThroughputView(APIView):
    @extend_schema(operation_id="throughput_retrieve", parameters=[PeriodInput], responses=ThroughputOutput)
    def get(self, request, pk: int) -> Response:
        """What each person did on each day; days on which nobody did anything are left out."""
        project = project_for(request.user, pk)
        body = PeriodInput(data=request.query_params.dict())
        body.is_valid(raise_exception=True)
        given: Any = body.validated_data
        rows = throughput(project, **given)
        people = get_user_model().objects.in_bulk({row["person"] for row in rows})
        found = {"first": given["first"], "last": given["last"], "people": people.values()}
        return Response(ThroughputOutput(found | {"results": rows}).data)
