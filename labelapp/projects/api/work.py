import binascii
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects import work
from labelapp.projects.access import project_for

LARGEST_PAGE = 100
UNSHOWN_NAMED = 5


class WorkFilters(serializers.Serializer):
    kind = serializers.CharField(required=False, help_text="version, export, import, run and so on.")
    state = serializers.ChoiceField(["ongoing", "ended", "failed"], required=False)
    mine = serializers.BooleanField(required=False, help_text="Only what the person who asks has asked for.")
    page_size = serializers.IntegerField(required=False, min_value=1, default=50)
    cursor = serializers.CharField(required=False)

    def validate_kind(self, kind: str) -> str:
        if kind not in work.kinds():
            known = ", ".join(work.kinds())
            raise serializers.ValidationError(
                _("There is no such kind of work. There are: {known}.").format(known=known)
            )
        return kind

    def validate_cursor(self, cursor: str) -> work.Place:
        try:
            return work.read(cursor)
        except (ValueError, TypeError, binascii.Error, OverflowError) as error:
            raise serializers.ValidationError(_("This is no page of this list.")) from error


class RemarkOutput(serializers.Serializer):
    tone = serializers.ChoiceField(["danger", "warning", "info", "muted"])
    text = serializers.CharField()


class WorkOutput(serializers.Serializer):
    """One row of long work, of whatever kind."""

    kind = serializers.CharField(source="_meta.model_name")
    id = serializers.IntegerField()
    title = serializers.CharField()
    status = serializers.CharField()
    remark = RemarkOutput(allow_null=True, help_text="What it has come to where its status does not tell.")
    summary = serializers.CharField(help_text="What it has done, in numbers.")
    ongoing = serializers.BooleanField()
    progress = serializers.FloatField(help_text="0 to 1.")
    seconds_left = serializers.FloatField(allow_null=True)
    error = serializers.CharField(source="reason", help_text="Why it failed, and what to do.")
    created_by = serializers.CharField(source="created_by.listed_name")
    mine = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    address = serializers.CharField(help_text="The page that shows it.")
    cancel = serializers.SerializerMethodField(help_text="POST here ends it; null where that cannot be.")
    stop = serializers.SerializerMethodField(
        help_text="POST here ends it early and keeps what it has come to, or null."
    )
    retry = serializers.SerializerMethodField(help_text="POST here does it again; null where that cannot be.")
    undo = serializers.SerializerMethodField(
        help_text="DELETE here takes back what it has done; null where that cannot be."
    )

    def get_mine(self, row) -> bool:
        return row.created_by_id == self.context["user"].pk

    def get_cancel(self, row) -> str | None:
        return f"{row.api_address}cancel/" if row.ongoing and self.open(row) else None

    def get_stop(self, row) -> str | None:
        return f"{row.api_address}stop/" if row.can_be_stopped and self.open(row) else None

    def get_retry(self, row) -> str | None:
        return f"{row.api_address}{row.another_try}/" if row.can_be_tried_again and self.open(row) else None

    def get_undo(self, row) -> str | None:
        return (row.undo_address or None) if self.open(row) else None

    def open(self, row) -> bool:
        return row.open_to(self.context["user"], self.context["may_label"])


class UnshownOutput(serializers.Serializer):
    """Images whose thumbnails could not be made."""

    class OneOutput(serializers.Serializer):
        id = serializers.IntegerField()
        name = serializers.CharField()
        reason = serializers.CharField(source="unshown.reason")

    count = serializers.IntegerField()
    first = OneOutput(many=True, help_text="Some of them, with what was wrong.")
    retry = serializers.CharField(allow_null=True, help_text="POST here tries all once more; null where one may not.")


class WorkPage(serializers.Serializer):
    results = WorkOutput(many=True)
    next = serializers.CharField(allow_null=True, help_text="Its address.")
    previous = serializers.CharField(allow_null=True, help_text="Always null: the list grows at its beginning.")
    ongoing = serializers.IntegerField(help_text="How many go on now in the project, whatever the filters.")
    unprepared = serializers.IntegerField(help_text="Images whose thumbnails are still to be made.")
    unshown = UnshownOutput()


class WorkView(APIView):
    @extend_schema(operation_id="work_list", parameters=[WorkFilters], responses=WorkPage)
    def get(self, request, pk: int) -> Response:
        """All long work of the project: freezes, exports, imports, uploads, class changes, predictions, runs.

        Last asked for first; with ``state=ended`` or ``failed`` last ended first.
        """
        project = project_for(request.user, pk)
        filters = WorkFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        given = filters.validated_data
        size = min(given["page_size"], LARGEST_PAGE)
        rows = work.newest(
            project, size + 1, given.get("cursor"), kind=given.get("kind", ""), state=given.get("state", ""),
            person=request.user.pk if given.get("mine") else None,
        )  # fmt: skip
        more, rows = len(rows) > size, rows[:size]
        context = {"user": request.user, "may_label": project.allows(request.user, "label")}
        return Response(
            {
                "results": WorkOutput(rows, many=True, context=context).data,
                "next": self.next_address(request, rows[-1]) if more else None,
                "previous": None,
                "ongoing": work.ongoing(project),
                "unprepared": project.images.filter(prepared=False, trashed_at=None).count(),
                "unshown": UnshownOutput(unshown(project, context["may_label"])).data,
            }
        )

    def next_address(self, request, last) -> str:
        query = request.query_params.copy()
        query["cursor"] = work.written(work.place(last))
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def unshown(project, may_label: bool) -> dict[str, Any]:
    images = project.images.filter(trashed_at=None, unshown__isnull=False)
    first = images.select_related("unshown").only("name", "unshown__reason")[:UNSHOWN_NAMED]
    retry = reverse("api-retry-thumbnails", args=[project.pk]) if may_label else None
    return {"count": images.count(), "first": first, "retry": retry}
