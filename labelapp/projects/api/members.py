from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import project_for, require
from labelapp.projects.api.serializers import ContributionOutput, MemberInput, MemberOutput, RoleInput
from labelapp.projects.contributions import Contribution, contributions_to, gone
from labelapp.projects.models import AuditEntry, Membership
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import all_of, page_of


class OldestFirst(KeysetPagination):
    ordering = ("created_at", "id")


class MembersView(GenericAPIView):
    serializer_class = MemberOutput
    pagination_class = OldestFirst

    @extend_schema(operation_id="members_list", responses=page_of(MemberOutput))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        page = self.paginate_queryset(project.memberships.select_related("user"))
        return self.get_paginated_response(MemberOutput(page, many=True).data)

    @extend_schema(operation_id="members_create", request=MemberInput, responses={201: MemberOutput})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "manage")
        body = MemberInput(data=request.data)
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            membership = Membership.objects.admit(project, **body.validated_data)
            AuditEntry.objects.note(request.user, "member.added", project, membership.user, role=membership.role)
        return Response(MemberOutput(membership).data, status=status.HTTP_201_CREATED)


class ContributionsView(APIView):
    @extend_schema(operation_id="members_contributions", responses=all_of(ContributionOutput))
    def get(self, request, pk: int) -> Response:
        """What each person has done in the project: its members, and those who have worked in it and left."""
        project = project_for(request.user, pk)
        done = contributions_to(project)
        members = [each.user for each in project.memberships.select_related("user")]
        people = [(person, True) for person in members] + [(person, False) for person in gone(project, done)]
        rows = [
            {"person": person, "is_member": is_member, "work": done.get(person.pk, Contribution())}
            for person, is_member in people
        ]
        return Response({"results": ContributionOutput(rows, many=True).data})


class MemberView(APIView):
    @extend_schema(operation_id="members_update", request=RoleInput, responses=MemberOutput)
    def patch(self, request, pk: int, user_pk: int) -> Response:
        membership = self.found(request, pk, user_pk, "manage")
        body = RoleInput(data=request.data)
        body.is_valid(raise_exception=True)
        role = body.validated_data["role"]
        with AuditEntry.objects.noting(request.user, "member.changed", membership.project, membership.user, role=role):
            membership.become(role)
        return Response(MemberOutput(membership).data)

    @extend_schema(operation_id="members_delete", responses={204: None})
    def delete(self, request, pk: int, user_pk: int) -> Response:
        """Owners may remove anybody, and everybody may leave; a project keeps at least one owner."""
        leaving = user_pk == request.user.pk
        membership = self.found(request, pk, user_pk, "view" if leaving else "manage")
        verb = "member.left" if leaving else "member.removed"
        with AuditEntry.objects.noting(request.user, verb, membership.project, membership.user):
            membership.end()
        return Response(status=status.HTTP_204_NO_CONTENT)

    def found(self, request, pk: int, user_pk: int, permission: str) -> Membership:
        project = project_for(request.user, pk)
        require(request.user, project, permission)
        members = project.memberships.select_related("user", "project")
        return get_object_or_404(members, user__in=[user_pk] if user_pk < 2**63 else [])
