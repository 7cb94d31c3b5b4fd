from collections import defaultdict
from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labelapp.images.models import Image
from labelapp.projects.models.project_trash import days_left


class ImageOutput(serializers.ModelSerializer):
    classes = serializers.SerializerMethodField(help_text="Ids of the label classes of its annotations.")
    thumbnail = serializers.SerializerMethodField(help_text="At most 256 pixels, WebP.")
    display = serializers.SerializerMethodField(help_text="At most 2048 pixels, WebP.")
    file = serializers.SerializerMethodField(help_text="The original as it was uploaded.")
    trashed_by = serializers.SerializerMethodField(help_text="Who put it into the trash.")
    days_left = serializers.SerializerMethodField(help_text="Until an image in the trash is deleted for good.")

    class Meta:
        model = Image
        fields = [
            "id", "name", "width", "height", "format", "size_bytes", "status", "split", "group", "revision", "classes",
            "thumbnail", "display", "file", "created_at", "updated_at", "trashed_at", "trashed_by", "days_left",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_classes(self, image: Image) -> list[int]:
        return image.class_ids  # type: ignore[attr-defined]

    def get_thumbnail(self, image: Image) -> str:
        return f"/api/images/{image.pk}/thumbnail/"

    def get_display(self, image: Image) -> str:
        return f"/api/images/{image.pk}/display/"

    def get_trashed_by(self, image: Image) -> str | None:
        return image.trashed_by.display_name if image.trashed_by else None

    def get_days_left(self, image: Image) -> int | None:
        return days_left(image.trashed_at)

    def get_file(self, image: Image) -> str:
        return f"/api/images/{image.pk}/file/"


def with_classes(images: Sequence[Image]) -> Sequence[Image]:
    """Note the classes of each image's annotations on it, by one query."""
    classes: dict[int, list[int]] = defaultdict(list)
    pairs = Image.objects.filter(pk__in=[each.pk for each in images], annotations__label_class__isnull=False)
    ordered = pairs.order_by("annotations__label_class__position", "annotations__label_class")
    for pk, label_class in ordered.values_list("pk", "annotations__label_class").distinct():
        classes[pk].append(label_class)
    prefetch_related_objects(images, "trashed_by")
    for each in images:
        each.class_ids = classes[each.pk]  # type: ignore[attr-defined]
    return images
