"""What a client wants to change on one image, read and checked before anything is written."""

import uuid
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.annotations import shapes
from labelapp.annotations.models.annotation import IDS_PER_QUERY, Annotation, Row, Source
from labelapp.annotations.models.attribute_values import checked
from labelapp.annotations.models.classes_at_hand import ClassesAtHand, class_gone
from labelapp.annotations.models.present_labels import PresentLabels
from labelapp.annotations.models.skeleton_fit import fitted
from labelapp.annotations.models.standing import standing
from labelapp.projects.models import Kind
from labelapp.projects.models.attribute import missing_in

MOST_SHAPES = 50_000


class ChangeSet:
    """Checked rows to write and ids to delete.

    Args:
        image: the locked image, with its project.
        upsert, delete: as the client sent them.

    Raises:
        ValidationError: names the annotation by its index, the field and the fix.
    """

    def __init__(self, image, author, upsert: list, delete: list, model: int | None, now: str):
        self._image, self._author, self._model, self._now = image, author, model, now
        self._classes = ClassesAtHand(image.project)
        deleted = self._ids(delete)
        self.present = PresentLabels(image, [*deleted, *filter(None, map(id_of, upsert))])
        self.delete = [identifier for identifier in deleted if identifier in self.present.rows]
        problems: dict[str, dict[str, list[str]]] = {}
        self.upsert: list[Row] = []
        for index, sent in enumerate(upsert):
            try:
                self.upsert.append(self._row(sent))
            except shapes.Problem as problem:
                problems[str(index)] = {problem.field: [problem.message]}
        if problems:
            raise class_gone({"upsert": problems}, self._classes.gone)
        self._check_ids()
        self._check_limits()

    def _ids(self, sent: list) -> list[str]:
        try:
            return [str(uuid.UUID(str(each))) for each in sent]
        except ValueError:
            raise ValidationError({"delete": [_("A list of annotation ids (UUIDs) is needed here.")]}) from None

    def _row(self, sent: Any) -> Row:
        if not isinstance(sent, dict):
            raise shapes.Problem("annotation", _("An annotation must be an object with id, class, shape and geometry."))
        identifier = id_of(sent)
        if identifier is None:
            raise shapes.Problem("id", _("Every annotation needs an id: a UUID made by whoever draws it."))
        old = self.present.rows.get(identifier, {})
        shape = sent.get("shape")
        if not isinstance(shape, str) or shape not in shapes.SHAPES:
            raise shapes.Problem(
                "shape", _("The shape must be one of: {names}.").format(names=", ".join(shapes.SHAPES))
            )
        label_class = self._class(sent.get("class"), shape)
        row = {
            "id": identifier,
            "class": label_class,
            "shape": shape,
            "geometry": self._geometry(sent, shape, old, label_class),
            "attributes": self._attributes(sent, old, label_class),
            "source": self._source(sent.get("source"), old),
            "score": self._score(sent.get("score", old.get("score"))),
            "model": self._model_id(sent.get("model", old.get("model"))),
            **standing(sent, old),
            "created_by": old.get("created_by", self._author.pk),
            "created_at": old.get("created_at", self._now),
            "updated_at": self._now,
        }
        if old.get("source") == Source.AUTO and any(row[key] != old[key] for key in ("class", "shape", "geometry")):
            row["source"] = Source.SEMI_AUTO.value
        return row

    def _class(self, sent: Any, shape: str) -> int:
        label_class = self._classes.get(sent)
        if not label_class.allows(shape):
            message = _("The class “{name}” allows only: {shapes}.")
            raise shapes.Problem("shape", message.format(name=label_class.name, shapes=", ".join(label_class.shapes)))
        return label_class.pk

    def _geometry(self, sent: Row, shape: str, old: Row, label_class: int) -> shapes.Geometry:
        geometry = shapes.normalise(shape, sent.get("geometry", {}), self._image.width, self._image.height)
        return fitted(self._classes.get(label_class), geometry, old) if shape == "keypoints" else geometry

    def _attributes(self, sent: Row, old: Row, label_class: int) -> dict:
        given = sent.get("attributes", old.get("attributes", {}))
        attributes, same = self._classes.attributes(label_class), old.get("class") == label_class
        return checked(given, attributes, self._classes.name(label_class), old, same)

    @property
    def left(self) -> int:
        """How many annotations the image has with these changes."""
        new = sum(row["id"] not in self.present.rows for row in self.upsert)
        return self.present.count + new - len(self.delete)

    def missing(self) -> str:
        """A sentence about a required attribute that an annotation of the image lacks; an empty text for none."""
        own = [(row["class"], row["attributes"]) for row in self.upsert]
        for label_class, values in chain(own, self.present.others_of(self._classes.requiring)):
            for name in missing_in(self._classes.attributes(label_class), values):
                message = _("The attribute “{attribute}” of “{name}” is required and has no value yet.")
                return message.format(attribute=name, name=self._classes.name(label_class))
        return ""

    def _source(self, sent: Any, old: Row) -> str:
        if sent is None:
            return str(old.get("source", Source.MANUAL))
        if not isinstance(sent, str) or sent not in Source.values:
            raise shapes.Problem(
                "source", _("The source must be one of: {names}.").format(names=", ".join(Source.values))
            )
        return str(sent)

    def _score(self, sent: Any) -> float | None:
        if sent is None:
            return None
        if isinstance(sent, bool) or not isinstance(sent, (int, float)) or not 0 <= sent <= 1:
            raise shapes.Problem("score", _("A score is a number from 0 to 1, or null."))
        return float(sent)

    def _model_id(self, sent: Any) -> int | None:
        if sent is not None and (type(sent) is not int or not 0 < sent < 2**63):
            raise shapes.Problem("model", _("The id of a model, or null, is needed here."))
        return sent if sent is not None else self._model

    def _check_ids(self) -> None:
        seen = set(self.delete)
        for index, row in enumerate(self.upsert):
            if row["id"] in seen:
                message = _("This id is there twice in one change set. Send each annotation once.")
                raise ValidationError({"upsert": {str(index): {"id": [message]}}})
            seen.add(row["id"])
        new = [row["id"] for row in self.upsert if row["id"] not in self.present.rows]
        for start in range(0, len(new), IDS_PER_QUERY):
            foreign = Annotation.objects.filter(pk__in=new[start : start + IDS_PER_QUERY]).first()
            if foreign is not None:
                index = next(index for index, row in enumerate(self.upsert) if row["id"] == str(foreign.pk))
                message = _("This id belongs to an annotation of another image. Make a new UUID.")
                raise ValidationError({"upsert": {str(index): {"id": [message]}}})

    def _check_limits(self) -> None:
        if self.upsert and self.left > MOST_SHAPES:
            raise ValidationError({"upsert": [_("An image holds at most {count} shapes.").format(count=MOST_SHAPES)]})
        tags = [row["class"] for row in self.upsert if row["shape"] == "tag"]
        if not tags:
            return
        tags += self.present.other_tags()
        if len(set(tags)) != len(tags):
            self._refuse_tag(_("The image has this class already. Leave the tag out."))
        if self._image.project.kind == Kind.CLASSIFICATION and len(tags) > 1:
            self._refuse_tag(_("In this project an image has one class. Delete the other tag in the same change set."))

    def _refuse_tag(self, message: str) -> None:
        indexes = [index for index, row in enumerate(self.upsert) if row["shape"] == "tag"]
        raise ValidationError({"upsert": {str(indexes[-1] if indexes else 0): {"class": [message]}}})


def id_of(sent: Any) -> str | None:
    """Of an annotation as a client sent it; None where it has none."""
    try:
        return str(uuid.UUID(sent.get("id")))
    except (ValueError, TypeError, AttributeError):
        return None
