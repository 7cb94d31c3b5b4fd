from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from labelapp.images.api.serializers import ImageOutput, told
from labelapp.images.filters import COMMENTS, SOURCES, ImageFilters
from labelapp.images.models import ImageStatus, Split
from labelapp.images.paging import DEFAULT_SIZE, LARGEST_SIZE, ORDERINGS, PARAMETERS, ImagePages
from labelapp.projects.access import project_for
from labelapp.projects.schema import page_of

NO_FILTERS = (*PARAMETERS, "format")
FILTERS = [
    OpenApiParameter("status", str, enum=ImageStatus.values, many=True),
    OpenApiParameter("class", str, description="Id of a label class, or `none`.", many=True),
    OpenApiParameter("split", str, enum=[*Split.values, "none"], many=True),
    OpenApiParameter("source", str, enum=SOURCES, many=True),
    OpenApiParameter("assignment", str, description="Id of an assignment, or `none`.", many=True),
    OpenApiParameter("labelled_by", str, description="Id of a person, or `none`.", many=True),
    OpenApiParameter("reviewed_by", str, description="Id of a person, or `none`.", many=True),
    OpenApiParameter("comments", str, enum=COMMENTS, many=True, description="Threads of comments."),
    OpenApiParameter("search", str, description="Words that the name contains."),
    OpenApiParameter("ids", int, many=True),
    OpenApiParameter("trashed", bool),
]


class ImagesView(APIView):
    """The images of a project. Uploading, which also labels, is added in the annotations room."""

    @extend_schema(
        operation_id="images_list",
        parameters=[
            *FILTERS,
            OpenApiParameter("ordering", str, enum=[f"{sign}{name}" for name in ORDERINGS for sign in ("", "-")]),
            OpenApiParameter("cursor", str, description="Where `next` and `previous` of another page point."),
            OpenApiParameter("start", int, description="Or the place of the first image, from 0."),
            OpenApiParameter("page_size", int, description=f"{DEFAULT_SIZE} by default, at most {LARGEST_SIZE}."),
        ],
        responses=page_of(
            ImageOutput,
            start=serializers.IntegerField(help_text="Place of the first image in the whole list, from 0."),
            total=serializers.IntegerField(help_text="Images in the whole list."),
        ),
    )
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        filters = ImageFilters.from_query(request.query_params, ignore=NO_FILTERS)
        pages = ImagePages(request, project)
        return pages.response(told(pages.page(filters)))
