from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found
from labelapp.projects.errors import Conflict
from labelapp.versions.models import Version

AGAINST = OpenApiParameter("against", int, description="Id of the version to compare with; else the one before.")


class ChangedImage(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    split = serializers.CharField()


class ChangedImages(serializers.Serializer):
    count = serializers.IntegerField()
    first = ChangedImage(many=True)


class ImageChanges(serializers.Serializer):
    added = ChangedImages()
    removed = ChangedImages()
    relabelled = ChangedImages()
    moved = ChangedImages()
    unchanged = serializers.IntegerField()


class SplitMove(serializers.Serializer):
    to = serializers.CharField()
    count = serializers.IntegerField()

    def get_fields(self):
        return {"from": serializers.CharField(), **super().get_fields()}


class VersionDiff(serializers.Serializer):
    version = serializers.IntegerField()
    against = serializers.IntegerField(allow_null=True)
    against_number = serializers.IntegerField(allow_null=True)
    images = ImageChanges()
    moves = SplitMove(many=True)
    classes = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))


class Against(serializers.Serializer):
    against = serializers.IntegerField(required=False)


class Diff(APIView):
    @extend_schema(parameters=[AGAINST], responses=VersionDiff)
    def get(self, request, pk: int) -> Response:
        version = found(Version.objects.completed(), request.user, pk)
        query = Against(data=request.query_params)
        query.is_valid(raise_exception=True)
        other = self._other(version, query.validated_data.get("against"))
        body = {"version": version.pk, "against": other.pk, "against_number": other.number}
        return Response(VersionDiff(body | version.changes_since(other)).data)

    def _other(self, version: Version, pk: int | None) -> Version:
        if pk is not None:
            return found(Version.objects.completed().filter(project=version.project), self.request.user, pk)
        if version.previous is None:
            raise Conflict(_("This is the first version of the project: there is none before it to compare with."))
        return version.previous
