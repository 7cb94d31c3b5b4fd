from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.api.images import FILTERS, NO_FILTERS
from labelapp.images.filters import ImageFilters
from labelapp.images.shelf import shelf
from labelapp.projects.access import project_for


class ImageCountsView(APIView):
    """How many images each choice of a filter would show, the other filters staying as they are."""

    class ImageCounts(serializers.Serializer):
        total = serializers.IntegerField(help_text="Images that all filters together leave.")
        status = serializers.DictField(child=serializers.IntegerField())
        split = serializers.DictField(child=serializers.IntegerField())
        assignment = serializers.DictField(child=serializers.IntegerField())
        labelled_by = serializers.DictField(child=serializers.IntegerField())
        reviewed_by = serializers.DictField(child=serializers.IntegerField())
        comments = serializers.DictField(child=serializers.IntegerField())
        trashed = serializers.IntegerField(help_text="Images in the trash, whatever the filters.")

        def get_fields(self):
            # Names that a class body cannot hold: a keyword, and an attribute that every field has.
            counts = {name: serializers.DictField(child=serializers.IntegerField()) for name in ("class", "source")}
            return super().get_fields() | counts

    @extend_schema(operation_id="images_counts", parameters=FILTERS, responses=ImageCounts)
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        filters = ImageFilters.from_query(request.query_params, ignore=NO_FILTERS)
        return Response(self.ImageCounts(shelf.catalogue(project.pk).counts(filters)).data)
