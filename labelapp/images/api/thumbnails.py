from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.models import Unshown
from labelapp.projects.access import project_for


class RetryThumbnailsView(APIView):
    class ThumbnailsRetried(serializers.Serializer):
        images = serializers.IntegerField()

    @extend_schema(operation_id="thumbnails_retry", request=None, responses=ThumbnailsRetried)
    def post(self, request, pk: int) -> Response:
        """Makes thumbnails of the images that could not be shown once more; the list of jobs says which those are."""
        project = project_for(request.user, pk, "label")
        return Response({"images": Unshown.objects.retry(project, request.user)})
