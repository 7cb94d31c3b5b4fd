from typing import Any

from django.db.models import Count, QuerySet, Sum

from labelapp.annotations.models import Annotation
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.projects.models import Project

# Bytes of one row, from measured files: for the estimate that is shown before an export.
ROW_BYTES = {"csv": 330, "csv-boxes": 55, "csv-classification": 30}


def images_of(project: Project, filters: dict[str, Any]) -> QuerySet[Image]:
    """Kept images that match; a query without joins that would double an image."""
    images = Image.objects.filter(project=project).kept()
    return ImageFilters(filters).apply(images) if filters else images


def estimate(project: Project, format: str, filters: dict[str, Any], with_images: bool) -> dict[str, int]:
    """How many images and rows an export would have, and about how many bytes."""
    images = images_of(project, filters)
    annotations = Annotation.objects.filter(image__in=images.order_by().values("pk"))
    if format == "csv-classification":
        annotations = annotations.filter(shape="tag")
    elif format == "csv-boxes":
        annotations = annotations.exclude(shape="tag")
    totals = images.order_by().aggregate(count=Count("pk"), bytes=Sum("size_bytes"))
    rows = annotations.count()
    if format == "csv":
        rows += totals["count"] - annotations.values("image").distinct().count()
    size = rows * ROW_BYTES[format] + (totals["bytes"] or 0 if with_images else 0)
    return {"images": totals["count"], "rows": rows, "size_bytes": size}
