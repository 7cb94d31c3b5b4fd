from pathlib import PurePosixPath

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.views import APIView

from labelapp.images.decoding import CONTENT_TYPES, ENDINGS, Refused
from labelapp.images.models import Image
from labelapp.images.preparation import rendering
from labelapp.images.rendering import DISPLAY, THUMBNAIL
from labelapp.lib import stored
from labelapp.lib.streaming import pieces
from labelapp.projects.access import found

# What an image shows never changes: another content is another image.
FOR_EVER = "private, max-age=31536000, immutable"
# Raised when renderings come to look different, so that browsers ask again.
RECIPE = 1


def binary(operation: str, content_type: str):
    return extend_schema(operation_id=operation, responses={(200, content_type): OpenApiTypes.BINARY})


class ContentView(APIView):
    """Bytes that belong to an image; a browser that has them is told so before any file is opened."""

    def perform_content_negotiation(self, request, force=False):
        return super().perform_content_negotiation(request, force=True)  # <img> asks for image types only

    def get(self, request, pk: int):
        image = found(Image.everything, request.user, pk)
        etag = quote_etag(self.etag(image))
        response = get_conditional_response(request, etag=etag) or self.content(image)
        response["ETag"] = etag
        response["Cache-Control"] = FOR_EVER
        # Should a browser take the bytes for a document all the same, nothing in it runs.
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def etag(self, image: Image) -> str:
        raise NotImplementedError

    def content(self, image: Image):
        raise NotImplementedError


@extend_schema_view(get=extend_schema(operation_id="images_file", responses={(200, "image/*"): OpenApiTypes.BINARY}))
class OriginalView(ContentView):
    def etag(self, image: Image) -> str:
        return image.sha256

    def content(self, image: Image) -> StreamingHttpResponse:
        try:
            file = stored.reader(image.original)
        except FileNotFoundError as error:
            raise NotFound(_("The file of this image is gone from the storage.")) from error
        response = StreamingHttpResponse(pieces(file, image.size_bytes), content_type=CONTENT_TYPES[image.format])
        response["Content-Length"] = image.size_bytes
        name = file_name(image)
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response


def file_name(image: Image) -> str:
    """The image's own, with an ending of its format: what is opened from the disk is opened by that."""
    name, endings = PurePosixPath(image.name).name, ENDINGS[image.format]
    return name if name.lower().endswith(endings) else f"{name}{endings[0]}"


class RenderingView(ContentView):
    size: int

    def etag(self, image: Image) -> str:
        return f"{image.sha256}-{self.size}-{RECIPE}"

    def content(self, image: Image) -> HttpResponse:
        try:
            return HttpResponse(rendering(image.sha256, self.size), content_type="image/webp")
        except (Refused, FileNotFoundError) as error:
            raise Http404 from error


@extend_schema_view(
    get=extend_schema(operation_id="images_thumbnail", responses={(200, "image/webp"): OpenApiTypes.BINARY})
)
class ThumbnailView(RenderingView):
    size = THUMBNAIL


@extend_schema_view(
    get=extend_schema(operation_id="images_display", responses={(200, "image/webp"): OpenApiTypes.BINARY})
)
class DisplayView(RenderingView):
    size = DISPLAY
