from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.people import PersonOutput
from labelapp.annotations.models import Assignment
from labelapp.annotations.models.assignment import MOST_IMAGES, ORDERS, counted
from labelapp.images.api.bulk import ImageSelection
from labelapp.lib.numbers import LARGEST
from labelapp.projects.access import found, project_for
from labelapp.projects.models import AuditEntry
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import all_of, page_of

MOST_PEOPLE = 100


class AssignmentsInput(ImageSelection):
    people = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), allow_empty=False, max_length=MOST_PEOPLE,
        help_text="Ids of members who may label; each gets an assignment.",
    )  # fmt: skip
    each = serializers.IntegerField(
        min_value=1, max_value=MOST_IMAGES, required=False, allow_null=True, default=None,
        help_text="Images a person gets at most; all of them, evenly, when left out.",
    )  # fmt: skip
    order = serializers.ChoiceField(list(ORDERS), default="name")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class AssignmentInput(serializers.Serializer):
    assignee = serializers.IntegerField(
        min_value=1, max_value=LARGEST, required=False, allow_null=True, help_text="Id of a member, or null for nobody."
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class AssignmentOutput(serializers.ModelSerializer):
    assignee = PersonOutput(allow_null=True)
    created_by = PersonOutput()
    images = serializers.IntegerField(help_text="As it was made.")
    total = serializers.IntegerField(help_text="Images that are there now.")
    labelled = serializers.IntegerField(help_text="Of these, labelled or approved.")
    approved = serializers.IntegerField(help_text="Of these, approved.")

    class Meta:
        model = Assignment
        fields = [
            "id", "number", "assignee", "note", "images", "total", "labelled", "approved", "created_by", "created_at",
            "finished_at",
        ]  # fmt: skip


class ProjectAssignmentsView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="assignments_list", responses=page_of(AssignmentOutput))
    def get(self, request, pk: int) -> Response:
        """Newest first."""
        project = project_for(request.user, pk)
        pages = self.pagination_class()
        rows: Any = pages.paginate_queryset(project.assignments.select_related("assignee", "created_by"), request, self)
        return pages.get_paginated_response(told(project, rows))

    @extend_schema(
        operation_id="assignments_create", request=AssignmentsInput, responses={201: all_of(AssignmentOutput)}
    )
    def post(self, request, pk: int) -> Response:
        """Share images out among people. Images that somebody has still to do stay theirs."""
        project = project_for(request.user, pk, "review")
        body = AssignmentsInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = {name: body.validated_data[name] for name in ("people", "each", "order", "note")}
        made = Assignment.objects.split(project, request.user, body.images(project), **given)
        return Response({"results": told(project, made)}, status=status.HTTP_201_CREATED)


class AssignmentView(APIView):
    @extend_schema(operation_id="assignments_retrieve", responses=AssignmentOutput)
    def get(self, request, pk: int) -> Response:
        return answer(found(Assignment.objects, request.user, pk))

    @extend_schema(operation_id="assignments_update", request=AssignmentInput, responses=AssignmentOutput)
    def patch(self, request, pk: int) -> Response:
        assignment = found(Assignment.objects, request.user, pk, "review")
        body = AssignmentInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        if "assignee" in given:
            assignment.give(request.user, person(given["assignee"]))
        if "note" in given:
            assignment.describe(given["note"])
        return answer(assignment)

    @extend_schema(operation_id="assignments_destroy", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Its images are free again; their labels stay."""
        assignment = found(Assignment.objects, request.user, pk, "review")
        with AuditEntry.objects.noting(request.user, "assignment.deleted", target=assignment):
            assignment.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class CompletionView(APIView):
    """Being done is a state: PUT finishes an assignment, DELETE opens it again. Both may be said twice."""

    @extend_schema(operation_id="assignments_finish", request=None, responses=AssignmentOutput)
    def put(self, request, pk: int) -> Response:
        assignment = found(Assignment.objects, request.user, pk, "label")
        assignment.finish(request.user)
        return answer(assignment)

    @extend_schema(operation_id="assignments_reopen", request=None, responses={200: AssignmentOutput})
    def delete(self, request, pk: int) -> Response:
        assignment = found(Assignment.objects, request.user, pk, "label")
        assignment.reopen(request.user)
        return answer(assignment)


def person(pk: int | None) -> Any:
    if pk is None:
        return None
    there = get_user_model().objects.filter(pk=pk).first()
    if there is None:
        raise ValidationError({"assignee": [_("Name a member of the project who may label.")]})
    return there


def told(project, assignments: Any) -> Any:
    return AssignmentOutput(counted(project, assignments), many=True).data


def answer(assignment: Assignment) -> Response:
    return Response(told(assignment.project, [assignment])[0])
