from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.formats.format import Format
from labelapp.formats.registry import FORMATS
from labelapp.projects.schema import all_of


class FormatSerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    suffix = serializers.CharField()
    reads = serializers.BooleanField()
    writes = serializers.BooleanField()
    complete = serializers.BooleanField()
    options = serializers.ListField(child=serializers.CharField())

    def get_title(self, format: Format) -> str:
        return _(format.title)

    def get_description(self, format: Format) -> str:
        return _(format.description)


class Formats(APIView):
    @extend_schema(operation_id="formats_list", responses=all_of(FormatSerializer))
    def get(self, request) -> Response:
        return Response({"results": FormatSerializer(FORMATS.values(), many=True).data})
