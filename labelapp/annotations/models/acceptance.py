"""Suggestions that people accept become annotations."""

import uuid
from collections import defaultdict
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from labelapp.annotations.models.annotation import Row, Source, written
from labelapp.annotations.models.bulk import BulkChange, Counted
from labelapp.annotations.models.image_state import ImageState
from labelapp.annotations.models.proposal import DONE
from labelapp.annotations.models.standing import PLAIN
from labelapp.annotations.models.suggestion import Suggestion, SuggestionState
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models import Kind, Project


class AcceptanceQuerySet(models.QuerySet[Any]):
    def accept(
        self: Any,
        suggestion: Suggestion,
        author,
        *,
        key: uuid.UUID,
        base_revision: int | None = None,
        label_class: int | None = None,
        geometry: dict | None = None,
    ) -> ImageState:
        """Make an annotation of a suggestion: ``auto`` as it is, ``semi-auto`` with another class or geometry.

        In a classification project it takes the place of the image's tag, and the image is labelled.
        """
        with transaction.atomic():
            image = (
                Image.everything.select_for_update(of=("self",)).select_related("project").get(pk=suggestion.image_id)
            )
            given = suggestion.as_annotation
            edits = {
                "class": given["class"] if label_class is None else label_class,
                "geometry": given["geometry"] if geometry is None else geometry,
            }
            edited = any(given[name] != value for name, value in edits.items())
            row = given | edits | ({"source": Source.SEMI_AUTO.value} if edited else {})
            one_class = image.project.kind == Kind.CLASSIFICATION and suggestion.shape == "tag"
            tags = image.annotations.filter(shape="tag").exclude(pk=suggestion.pk)
            if not one_class and suggestion.shape == "tag":
                tags = tags.filter(label_class=row["class"])
            return self.apply(
                image,
                author,
                key=key,
                base_revision=base_revision,
                upsert=[row],
                delete=[str(pk) for pk in tags.values_list("pk", flat=True)] if suggestion.shape == "tag" else [],
                status=ImageStatus.LABELLED if one_class else None,
                suggestions={row["id"]: SuggestionState.EDITED if edited else SuggestionState.ACCEPTED},
            )

    def accept_all(
        self: Any,
        project: Project,
        author,
        suggestions,
        key: uuid.UUID | None = None,
        counted: Counted = lambda changed, unchanged: None,
    ) -> BulkChange:
        """Accept suggestions that wait on images of this project; undone as any bulk change.

        In a classification project only the best of each image counts, and the images are labelled.

        Args:
            key, counted: as ``add_to_images``.
        """
        now = written(timezone.now())
        own = {"attributes": {}, **PLAIN, "created_by": author.pk, "created_at": now, "updated_at": now}
        rows: dict[int, list[Row]] = defaultdict(list)
        one_class = project.kind == Kind.CLASSIFICATION
        for suggestion in suggestions.order_by("-score", "id"):
            chosen = rows[suggestion.image_id]
            if not (one_class and chosen):
                chosen.append(suggestion.as_annotation | own)

        def note(key: uuid.UUID, accepted: list[Row]) -> None:
            Suggestion.objects.note([row["id"] for row in accepted], SuggestionState.ACCEPTED, author, key)

        done: BulkChange = self.add_to_images(
            project, author, rows, labelled=one_class, still=lambda image: image.status not in DONE, written=note,
            key=key, counted=counted,
        )  # fmt: skip
        return done
