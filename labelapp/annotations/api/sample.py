from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.scopes import Scope
from labelapp.annotations.sample import make_sample_project


class SampleView(APIView):
    token_scope = Scope.MANAGE  # it makes a project

    class SampleOutput(serializers.Serializer):
        id = serializers.IntegerField()
        name = serializers.CharField()

    @extend_schema(request=None, responses={201: SampleOutput})
    def post(self, request) -> Response:
        """Make a project of 1,797 handwritten digits, 300 of them labelled."""
        project = make_sample_project(request.user)
        return Response(self.SampleOutput(project).data, status=status.HTTP_201_CREATED)
