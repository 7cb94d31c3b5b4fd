from django.db.models import Count
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.api.images import FILTERS, NO_FILTERS
from labelapp.images.filters import NONE, ImageFilters, annotated
from labelapp.images.models import Image
from labelapp.projects.access import project_for


class Counts:
    """How many images each choice of a filter would show, the other filters staying as they are."""

    def __init__(self, project, filters: ImageFilters):
        self._images = Image.objects.filter(project=project)
        self._filters = filters

    def all(self) -> dict:
        return {
            "total": self._filters.apply(self._images).count(),
            "status": self._by("status"),
            "class": self._by_class(),
            "split": {key or NONE: count for key, count in self._by("split").items()},
            "source": self._through_annotations("source"),
            "trashed": self._images.trashed().count(),
        }

    def _others(self, key: str):
        return self._filters.without(key).apply(self._images).order_by()

    def _by(self, field: str) -> dict[str, int]:
        return dict(self._others(field).values_list(field).annotate(Count("pk")))

    def _by_class(self) -> dict[str, int]:
        counts = {str(pk): count for pk, count in self._through_annotations("label_class", "class").items()}
        return counts | {NONE: self._others("class").filter(~annotated()).count()}

    def _through_annotations(self, field: str, key: str = "") -> dict:
        annotations = Image._meta.get_field("annotations").related_model._base_manager
        of_these = annotations.filter(image__in=self._others(key or field).values("pk"))
        return dict(of_these.order_by().values_list(field).annotate(Count("image", distinct=True)))


class ImageCountsView(APIView):
    class ImageCounts(serializers.Serializer):
        total = serializers.IntegerField(help_text="Images that all filters together leave.")
        status = serializers.DictField(child=serializers.IntegerField())
        split = serializers.DictField(child=serializers.IntegerField())
        trashed = serializers.IntegerField(help_text="Images in the trash, whatever the filters.")

        def get_fields(self):
            # Names that a class body cannot hold: a keyword, and an attribute that every field has.
            counts = {name: serializers.DictField(child=serializers.IntegerField()) for name in ("class", "source")}
            return super().get_fields() | counts

    @extend_schema(operation_id="images_counts", parameters=FILTERS, responses=ImageCounts)
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        filters = ImageFilters.from_query(request.query_params, ignore=NO_FILTERS)
        return Response(self.ImageCounts(Counts(project, filters).all()).data)
