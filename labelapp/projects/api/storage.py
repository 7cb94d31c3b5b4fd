from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import project_for
from labelapp.projects.models import Project
from labelapp.projects.space import Space


class StorageOutput(serializers.Serializer):
    class UseOutput(serializers.Serializer):
        originals = serializers.IntegerField(help_text="Images as they were uploaded.")
        arriving = serializers.IntegerField(help_text="Large files that are being sent, whole as announced.")
        trash = serializers.IntegerField(help_text="Images in the trash.")
        exports = serializers.IntegerField()
        versions = serializers.IntegerField()
        runs = serializers.IntegerField(help_text="Models and figures.")
        total = serializers.IntegerField()

    use = UseOutput()
    quota = serializers.IntegerField(allow_null=True, help_text="Bytes it may use; null when there is no limit.")
    own_quota = serializers.IntegerField(allow_null=True, help_text="As set for it; null: the site's default.")
    left_of_quota = serializers.IntegerField(allow_null=True)
    left_on_disk = serializers.IntegerField(help_text="Until the reserve of the server's disk is reached.")


class StorageView(APIView):
    """What a project uses, and how much more it may."""

    @extend_schema(operation_id="projects_storage", responses=StorageOutput)
    def get(self, request, pk: int) -> Response:
        return Response(StorageOutput(Space(project_for(request.user, pk))).data)


class QuotaView(APIView):
    """The quota of a project; site admins set it, also of projects that they are no members of."""

    class QuotaInput(serializers.Serializer):
        quota = serializers.IntegerField(
            min_value=0, max_value=2**60, allow_null=True, help_text="Bytes; 0: no limit; null: the site's default."
        )

    @extend_schema(operation_id="projects_quota", request=QuotaInput, responses=StorageOutput)
    def put(self, request, pk: int) -> Response:
        if not request.user.administers_site:
            project_for(request.user, pk)
            raise PermissionDenied(_("Only administrators of the site set quotas."))
        project = get_object_or_404(Project.objects.kept(), pk=pk)
        body = self.QuotaInput(data=request.data)
        body.is_valid(raise_exception=True)
        space = Space(project)
        space.limit(request.user, body.validated_data["quota"])
        return Response(StorageOutput(space).data)
