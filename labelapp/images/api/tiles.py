from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images import tiles
from labelapp.images.api.files import ContentView, binary
from labelapp.images.decoder.levels import TILE, sizes
from labelapp.images.models import Image, TilePyramid
from labelapp.images.models.tile_pyramid import TilesStatus
from labelapp.projects.access import found

RECIPE = 1  # raised when tiles come to look different


class TilesView(APIView):
    class TilesOutput(serializers.Serializer):
        status = serializers.ChoiceField(choices=TilesStatus.choices)
        progress = serializers.FloatField(help_text="From 0 to 1.")
        error = serializers.CharField(help_text="Why there are none.")
        tile = serializers.IntegerField(help_text="Pixels a side.")
        levels = serializers.ListField(
            child=serializers.ListField(child=serializers.IntegerField()),
            help_text="Width and height of each level: first as large as the image, then halves of that.",
        )

    @extend_schema(operation_id="images_tiles", responses=TilesOutput)
    def get(self, request, pk: int) -> Response:
        """How far the tiles of an image are; whoever asks first has them made."""
        image = found(Image.everything, request.user, pk)
        pyramid = TilePyramid.objects.wanted(image.sha256)
        return Response(
            {"status": pyramid.status, "progress": pyramid.progress, "error": pyramid.error, "tile": TILE}
            | {"levels": sizes(image.width, image.height)}
        )


@extend_schema_view(get=binary("images_tile", "image/jpeg"))
class TileView(ContentView):
    def get(self, request, pk: int, **place: int):
        return super().get(request, pk)

    def etag(self, image: Image) -> str:
        return f"{image.sha256}-{'-'.join(str(self.kwargs[name]) for name in ('level', 'column', 'row'))}-{RECIPE}"

    def content(self, image: Image) -> HttpResponse:
        place = (self.kwargs[name] for name in ("level", "column", "row"))
        try:
            return HttpResponse(tiles.read(image.sha256, image.width, image.height, *place), content_type="image/jpeg")
        except FileNotFoundError as error:
            raise Http404 from error
