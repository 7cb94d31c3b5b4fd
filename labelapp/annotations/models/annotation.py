import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from labelapp.annotations.models.standing import PLAIN
from labelapp.projects.errors import Conflict

Row = dict[str, Any]
Values = dict[str, Any]  # of attributes, by name
IDS_PER_QUERY = 10_000  # databases limit the parameters of one statement


class Source(models.TextChoices):
    MANUAL = "manual", _("Manual")
    AUTO = "auto", _("Auto")
    SEMI_AUTO = "semi-auto", _("Semi-auto")
    FILE = "file", _("File")


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def rows(self) -> list[Row]:
        """As the API shows them and revisions keep them, oldest first."""
        return in_order([annotation.row for annotation in self.all()])

    def told(self) -> list[Row]:
        """As ``rows``, for an answer: what the database keeps as text stays the text that it is.

        Of an image with ten thousand shapes it takes a sixth of the time.
        """
        names = ("id", "geometry", "attributes", "created_at", "updated_at")
        texts = {f"{name}_text": Cast(name, models.TextField()) for name in names}
        columns = self.annotate(**texts).order_by("created_at", "id").values_list(
            "id_text", "label_class_id", "shape", "geometry_text", "attributes_text", "source", "score", "model",
            "occluded", "z_order", "group", "created_by_id", "created_at_text", "updated_at_text",
        )  # fmt: skip
        return [
            {
                "id": pk if "-" in pk else dashed(pk), "class": label_class, "shape": shape,
                "geometry": orjson.Fragment(geometry), "attributes": orjson.Fragment(attributes),
                "source": source, "score": score, "model": model, "occluded": occluded, "z_order": z_order,
                "group": group, "created_by": created_by, "created_at": rewritten(created_at),
                "updated_at": rewritten(updated_at),
            }
            for (
                pk, label_class, shape, geometry, attributes, source, score, model, occluded, z_order, group,
                created_by, created_at, updated_at,
            ) in columns.iterator(chunk_size=5000)
        ]  # fmt: skip

    def by_values(self) -> Iterator[tuple[Values, int]]:
        """The different sets of values that they have, each with how many annotations have it.

        Of a hundred thousand annotations a few hundred have to be read where the values are options.
        """
        counted = self.order_by().values_list("attributes").annotate(count=models.Count("pk"))
        return counted.iterator(chunk_size=5000)

    def write(self, rows: list[tuple[int, Row]]) -> None:
        """Insert rows (image id, row), or overwrite those that are there."""
        self.bulk_create(
            [Annotation.from_row(image_id, row) for image_id, row in rows],  # type: ignore[misc]
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[
                "label_class", "shape", "geometry", "attributes", "source", "score", "model", "occluded", "z_order",
                "group", "created_by", "created_at", "updated_at",
            ],
        )  # fmt: skip

    def elsewhere(self, wanted: Iterable[tuple[int, Row]]) -> set[int]:
        """Of images with a row that they are to have: those of which the row's id is on another image already."""
        image_of = {row["id"]: image for image, row in wanted}
        ids, found = list(image_of), set()
        for start in range(0, len(ids), IDS_PER_QUERY):
            there = self.filter(pk__in=ids[start : start + IDS_PER_QUERY]).values_list("pk", "image_id")
            found |= {image_of[str(pk)] for pk, image in there if image_of[str(pk)] != image}
        return found

    def refuse_elsewhere(self, wanted: Iterable[tuple[int, Row]]) -> None:
        """Raises Conflict: writing one of these rows (image id, row) would change an annotation of another image."""
        if self.elsewhere(wanted):
            message = _("The id of one of these annotations is on another image by now. Nothing was changed.")
            raise Conflict(message, "in_use")

    def erase(self, ids: list[str]) -> None:
        for start in range(0, len(ids), IDS_PER_QUERY):
            self.filter(pk__in=ids[start : start + IDS_PER_QUERY]).delete()


class Annotation(models.Model):
    """One shape with one class on one image. Geometry as API.md, in pixels of the upright original."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    image = models.ForeignKey("images.Image", on_delete=models.CASCADE, related_name="annotations")
    label_class = models.ForeignKey("projects.LabelClass", on_delete=models.PROTECT, related_name="annotations")
    shape = models.CharField(max_length=16)
    geometry = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    source = models.CharField(max_length=16, choices=Source, default=Source.MANUAL)
    score = models.FloatField(null=True)
    model = models.BigIntegerField(null=True)  # id of the model that drew it; models live in a room to the right
    # A database that knows what is plain needs no value of what a backup from before these fields does not hold.
    occluded = models.BooleanField(default=False, db_default=False)
    z_order = models.IntegerField(default=0, db_default=0)  # higher ones are drawn above
    group = models.IntegerField(null=True)  # annotations of one image with the same number belong together
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        # With the source, so that the classes and sources of many images are read from the index alone.
        indexes = [
            models.Index(fields=["image", "label_class", "source"]), models.Index(fields=["label_class", "image"]),
        ]  # fmt: skip

    @property
    def row(self) -> Row:
        return {
            "id": str(self.id),
            "class": self.label_class_id,
            "shape": self.shape,
            "geometry": self.geometry,
            "attributes": self.attributes,
            "source": str(self.source),
            "score": self.score,
            "model": self.model,
            "occluded": self.occluded,
            "z_order": self.z_order,
            "group": self.group,
            "created_by": self.created_by_id,
            "created_at": written(self.created_at),
            "updated_at": written(self.updated_at),
        }

    @classmethod
    def from_row(cls, image_id: int, row: Row) -> "Annotation":
        return cls(
            id=uuid.UUID(row["id"]),
            image_id=image_id,
            label_class_id=row["class"],
            shape=row["shape"],
            geometry=row["geometry"],
            attributes=row["attributes"],
            source=row["source"],
            score=row["score"],
            model=row["model"],
            **{name: row.get(name, plain) for name, plain in PLAIN.items()},
            created_by_id=row["created_by"],
            created_at=datetime.fromisoformat(row["created_at"]),
            updated_at=datetime.fromisoformat(row["updated_at"]),
        )


def written(moment: datetime) -> str:
    """UTC ISO 8601, always with microseconds, so that texts sort as the moments do."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def rewritten(text: str) -> str:
    """As ``written``, of a moment as databases write it: in UTC, without zeros at its end.

    >>> rewritten("2026-11-30 18:32:18.12+00"), rewritten("2026-11-30 18:32:18")
    ('2026-11-30T18:32:18.120000Z', '2026-11-30T18:32:18.000000Z')
    """
    time = text[11:].removesuffix("+00")
    return f"{text[:10]}T{time if '.' in time else time + '.':0<15}Z"


def dashed(digits: str) -> str:
    """An id as it is written, of its 32 digits as SQLite keeps them."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["created_at"], row["id"]))
