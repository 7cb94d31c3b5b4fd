from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.api.images import FILTERS
from labelapp.images.filters import ImageFilters
from labelapp.images.paging import ORDERINGS, ordering_in
from labelapp.images.shelf import shelf
from labelapp.projects.access import project_for

MOST = 100_000


class ImageIdsView(APIView):
    """Ids alone, of a long stretch of the list: what a range between two clicks holds."""

    class ImageIdsInput(serializers.Serializer):
        ordering = serializers.ChoiceField([f"{sign}{name}" for name in ORDERINGS for sign in ("", "-")], default="-id")
        start = serializers.IntegerField(min_value=0, max_value=2**53, default=0, help_text="Place of the first.")
        count = serializers.IntegerField(min_value=1, max_value=MOST, default=MOST)

    class ImageIds(serializers.Serializer):
        ids = serializers.ListField(child=serializers.IntegerField())
        total = serializers.IntegerField(help_text="Images in the whole list.")

    @extend_schema(operation_id="images_ids", parameters=[*FILTERS, ImageIdsInput], responses=ImageIds)
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        own = self.ImageIdsInput(data=request.query_params.dict())
        own.is_valid(raise_exception=True)
        given = own.validated_data
        filters = ImageFilters.from_query(request.query_params, ignore=(*given, "format"))
        total, ids = shelf.catalogue(project.pk).slice(
            filters, *ordering_in(given["ordering"]), given["start"], given["count"]
        )
        return Response({"ids": ids, "total": total})
