from collections.abc import Sequence

from django.apps import apps
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import project_for
from labelapp.projects.api.serializers import NewProjectInput, ProjectInput, ProjectOutput
from labelapp.projects.models import AuditEntry, Project
from labelapp.projects.overview import DONE
from labelapp.projects.schema import page_of


class ProjectFilters(serializers.Serializer):
    search = serializers.CharField(
        default="", allow_blank=True, max_length=300, help_text="Words that its name has, all of them."
    )


class ProjectsView(GenericAPIView):
    serializer_class = ProjectOutput

    @extend_schema(operation_id="projects_list", parameters=[ProjectFilters], responses=page_of(ProjectOutput))
    def get(self, request) -> Response:
        given = ProjectFilters(data=request.query_params)
        given.is_valid(raise_exception=True)
        projects = Project.objects.visible_to(request.user).with_covers()
        for word in given.validated_data["search"].split():
            projects = projects.filter(name__icontains=word)
        page = counted(self.paginate_queryset(projects) or [])
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="projects_create", request=NewProjectInput, responses={201: ProjectOutput})
    def post(self, request) -> Response:
        body = NewProjectInput(data=request.data)
        body.is_valid(raise_exception=True)
        project = Project.objects.start(request.user, **body.validated_data)
        return Response(rendered(request, project.pk), status=status.HTTP_201_CREATED)


class ProjectView(APIView):
    @extend_schema(operation_id="projects_retrieve", responses=ProjectOutput)
    def get(self, request, pk: int) -> Response:
        return Response(rendered(request, pk))

    @extend_schema(operation_id="projects_update", request=ProjectInput, responses=ProjectOutput)
    def patch(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "manage")
        body = ProjectInput(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        with AuditEntry.objects.noting(request.user, "project.changed", project, project, **given):
            project.change(**given)
        return Response(rendered(request, pk))

    @extend_schema(operation_id="projects_delete", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Puts the project into the trash, from which an owner can restore it."""
        project_for(request.user, pk, "manage").move_to_trash(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def rendered(request, pk: int) -> dict:
    project = get_object_or_404(Project.objects.visible_to(request.user).with_covers(), pk=pk)
    return ProjectOutput(counted([project])[0], context={"request": request}).data


def counted(projects: Sequence[Project]) -> Sequence[Project]:
    """Note on each how many images it has outside the trash, and how many of them are labelled or approved."""
    # Images live in a room to the right: reached by name.
    statuses = apps.get_model("images", "Image").objects.statuses_of([each.pk for each in projects])
    for project in projects:
        counts = statuses[project.pk]
        project.image_count = sum(counts.values())  # type: ignore[attr-defined]
        project.labelled_count = sum(counts.get(status, 0) for status in DONE)  # type: ignore[attr-defined]
    return projects
