from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.labelling_stream import tell_presence
from labelapp.images.models import Image
from labelapp.projects.access import found


class PresenceView(APIView):
    """That somebody looks at an image, at a page that made an id for itself. Nothing is kept of it: pages say so again
    every few seconds, and when they leave."""

    @extend_schema(operation_id="images_presence_update", request=None, responses={204: None})
    def put(self, request, pk: int, tab: UUID) -> Response:
        return self._tell("here", request.user, pk, tab)

    @extend_schema(operation_id="images_presence_destroy", responses={204: None})
    def delete(self, request, pk: int, tab: UUID) -> Response:
        return self._tell("gone", request.user, pk, tab)

    def _tell(self, event: str, user, pk: int, tab: UUID) -> Response:
        image = found(Image.everything, user, pk)
        if image.copy_of_id is None:  # in a round nobody is told
            tell_presence(image.project_id, event, user, image.pk, str(tab))
        return Response(status=status.HTTP_204_NO_CONTENT)
