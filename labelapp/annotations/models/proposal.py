"""What of a model's predictions becomes suggestions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import models, transaction

from labelapp.annotations import shapes
from labelapp.annotations.models.annotation import Annotation
from labelapp.annotations.models.prediction import ImagePrediction, Proposed
from labelapp.annotations.models.skeleton_fit import fitted, nearest
from labelapp.images.models import Image, ImageStatus
from labelapp.projects.models import LabelClass

# A proposed shape that overlaps a decided one of its class this much is the same proposal again.
SAME_SHAPE_IOU = 0.5
DONE = [ImageStatus.LABELLED, ImageStatus.APPROVED]


# What these tools propose is one answer to one question, however it was found: the newest takes the others' place.
LIKE_TOOLS = ("colour", "watershed", "template")
Bounds = tuple[float, float, float, float]


class ProposalQuerySet(models.QuerySet[Any]):
    def propose(self: Any, model_id: int, predictions: Iterable[ImagePrediction], labelled_too: bool = False) -> int:
        """Replace the model's open suggestions on these images by new ones; a constant number of statements.

        What a person has decided about the same model, class and image is not proposed again. Images that are
        labelled or in the trash stay untouched, unless ``labelled_too``.

        Returns:
            The number of suggestions made.
        """
        return self.filter(model=model_id).take_place(predictions, labelled_too, model=model_id)

    def propose_found(self: Any, tool: str, label_class: int, predictions: Iterable[ImagePrediction]) -> int:
        """As ``propose``, for a tool that is no model: in place of what it, or its like, has proposed as this class.

        What is labelled as this class already is not proposed.
        """
        tools = LIKE_TOOLS if tool in LIKE_TOOLS else (tool,)
        given, there = list(predictions), defaultdict(list)
        labelled = Annotation.objects.filter(image__in=[each.image for each in given], label_class=label_class)
        for image, shape, geometry in labelled.values_list("image_id", "shape", "geometry"):
            if bounds := shapes.bounds(shape, geometry):
                there[image].append(bounds)
        new = [
            replace(each, proposed=[one for one in each.proposed if not covered(one, there[each.image])])
            for each in given
        ]
        mine = self.filter(model=None, tool__in=tools, label_class=label_class)
        return mine.take_place(new, model=None, tool=tool)

    def take_place(self: Any, predictions: Iterable[ImagePrediction], labelled_too: bool = False, **by: Any) -> int:
        """Replace those of these rows that are open.

        Args:
            by: the fields that say who proposes.
        """
        given = {prediction.image: prediction for prediction in predictions}
        with transaction.atomic():
            kept = Image.everything.select_for_update().filter(pk__in=given).kept()
            images = list(kept if labelled_too else kept.exclude(status__in=DONE))
            projects = {image.project_id for image in images}
            staying = LabelClass.objects.staying().filter(project__in=projects).in_bulk()
            mine = self.filter(image__in=images)
            mine.open().delete()
            decided: dict[int, list[Proposed]] = defaultdict(list)
            for old in mine:
                decided[old.image_id].append(Proposed(old.label_class_id, old.score, old.shape, old.geometry))
            made = [
                self.model(
                    image=image,
                    label_class_id=each.label_class,
                    shape=each.shape,
                    geometry=each.geometry,
                    score=each.score,
                    uncertainty=given[image.pk].uncertainty,
                    **by,
                )
                for image in images
                for each in storable(given[image.pk].proposed, image, staying)
                if each.label_class in staying  # one may have gone since the prediction began
                and not any(same(each, old) for old in decided[image.pk])
            ]
            self.bulk_create(made)
        return len(made)


def storable(proposed: list[Proposed], image: Image, classes: dict[int, LabelClass]) -> list[Proposed]:
    """Clipped to the image; what has no extent there is left out, and keypoints that are not those of their class."""
    kept = []
    for each in proposed:
        try:
            geometry = shapes.normalise(each.shape, each.geometry, image.width, image.height)
            label_class = classes.get(each.label_class)
            if each.shape == "keypoints" and label_class:
                geometry = fitted(label_class, nearest(label_class, geometry), {})
        except shapes.Problem:
            continue
        kept.append(Proposed(each.label_class, each.score, each.shape, geometry))
    return kept


def same(new: Proposed, old: Proposed) -> bool:
    if (new.label_class, new.shape) != (old.label_class, old.shape):
        return False
    return new.shape == "tag" or iou(new, old) >= SAME_SHAPE_IOU


def iou(new: Proposed, old: Proposed) -> float:
    """Intersection over union of the boxes around both."""
    first, second = shapes.bounds(new.shape, new.geometry), shapes.bounds(old.shape, old.geometry)
    return 0.0 if first is None or second is None else iou_of(first, second)


def covered(new: Proposed, there: list[Bounds]) -> bool:
    own = shapes.bounds(new.shape, new.geometry)
    return own is not None and any(iou_of(own, each) >= SAME_SHAPE_IOU for each in there)


def iou_of(first: Bounds, second: Bounds) -> float:
    (ax, ay, aw, ah), (bx, by, bw, bh) = first, second
    width, height = min(ax + aw, bx + bw) - max(ax, bx), min(ay + ah, by + bh) - max(ay, by)
    common = max(width, 0) * max(height, 0)
    union = aw * ah + bw * bh - common
    return common / union if union else 0.0
