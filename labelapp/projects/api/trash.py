from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.api.projects import counted, rendered
from labelapp.projects.api.serializers import ProjectOutput
from labelapp.projects.errors import Conflict
from labelapp.projects.models import Project
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class TrashedProjectOutput(serializers.ModelSerializer):
    images = serializers.IntegerField(source="image_count", help_text="Images that come back with it.")
    trashed_by = serializers.CharField(source="trashed_by.listed_name", read_only=True)
    days_left = serializers.IntegerField(help_text="Until it is deleted for good.")

    class Meta:
        model = Project
        fields = ["id", "name", "kind", "images", "trashed_at", "trashed_by", "days_left"]


class LastDeletedFirst(KeysetPagination):
    ordering = ("-trashed_at", "-id")


class TrashedProjectsView(GenericAPIView):
    """Deleted projects that the person owns."""

    serializer_class = TrashedProjectOutput
    pagination_class = LastDeletedFirst

    @extend_schema(operation_id="projects_trash_list", responses=page_of(TrashedProjectOutput))
    def get(self, request) -> Response:
        trashed = Project.objects.in_trash_of(request.user).select_related("trashed_by")
        page = counted(self.paginate_queryset(trashed) or [])
        return self.get_paginated_response(TrashedProjectOutput(page, many=True).data)


class TrashedProjectView(APIView):
    @extend_schema(operation_id="projects_trash_destroy", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Deletes it for good now; nothing brings it back."""
        trashed(request.user, pk).erase_soon(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RestoreProjectView(APIView):
    @extend_schema(operation_id="projects_trash_restore", request=None, responses=ProjectOutput)
    def post(self, request, pk: int) -> Response:
        if not trashed(request.user, pk).restore(request.user):
            raise Conflict(_("It is being deleted for good already."))
        return Response(rendered(request, pk))


def trashed(user, pk: int) -> Project:
    return get_object_or_404(Project.objects.in_trash_of(user), pk=pk)
