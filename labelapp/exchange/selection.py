from typing import Any

from django.db.models import Count, QuerySet, Sum

from labelapp.annotations.models import Annotation
from labelapp.formats.records import SHAPES
from labelapp.formats.registry import FORMATS
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.projects.models import Project


def images_of(project: Project, filters: dict[str, Any]) -> QuerySet[Image]:
    """Kept images that match; a query without joins that would double an image."""
    images = Image.objects.filter(project=project).kept()
    return ImageFilters(filters).apply(images) if filters else images


def estimate(project: Project, format: str, filters: dict[str, Any], with_images: bool) -> dict[str, int]:
    """How many images and rows an export would have, and about how many bytes."""
    images = images_of(project, filters)
    written = FORMATS[format]
    annotations = Annotation.objects.filter(image__in=images.order_by().values("pk"))
    if set(written.shapes) != set(SHAPES):
        annotations = annotations.filter(shape__in=written.shapes)
    totals = images.order_by().aggregate(count=Count("pk"), bytes=Sum("size_bytes"))
    rows = annotations.count()
    if written.empty_images:
        rows += totals["count"] - annotations.values("image").distinct().count()
    size = rows * written.row_bytes + (totals["bytes"] or 0 if with_images else 0)
    return {"images": totals["count"], "rows": rows, "size_bytes": size}
