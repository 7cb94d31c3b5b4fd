from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.views import APIView

from labelapp.images.api.serializers import ImageOutput, with_classes
from labelapp.images.filters import SOURCES, ImageFilters
from labelapp.images.models import Image, ImageStatus, Split
from labelapp.images.paging import ImagePagination
from labelapp.projects.access import project_for
from labelapp.projects.schema import page_of

NO_FILTERS = ("cursor", "page_size", "ordering", "format")
FILTERS = [
    OpenApiParameter("status", str, enum=ImageStatus.values, many=True),
    OpenApiParameter("class", str, description="Id of a label class, or `none`.", many=True),
    OpenApiParameter("split", str, enum=[*Split.values, "none"], many=True),
    OpenApiParameter("source", str, enum=SOURCES, many=True),
    OpenApiParameter("search", str, description="Words that the name contains."),
    OpenApiParameter("ids", int, many=True),
    OpenApiParameter("trashed", bool),
]


class ImagesView(APIView):
    """The images of a project. Uploading, which also labels, is added in the annotations room."""

    pagination_class = ImagePagination

    @extend_schema(
        operation_id="images_list",
        parameters=[*FILTERS, *(OpenApiParameter(name, str) for name in ("ordering", "cursor", "page_size"))],
        responses=page_of(ImageOutput),
    )
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        filters = ImageFilters.from_query(request.query_params, ignore=NO_FILTERS)
        pages = self.pagination_class()
        images = pages.paginate_queryset(filters.apply(Image.objects.filter(project=project)), request, self)
        return pages.get_paginated_response(ImageOutput(with_classes(images), many=True).data)
