"""Values of typed attributes: checked when they are saved, carried along when their definitions change."""

import uuid

import pytest
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models import Annotation, Proposed, Revision, Suggestion
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.images.models import Image
from tests.annotations.conftest import AGE, FUR, NOTE, OLD


def test_values_that_fit_are_stored(image, typed, give):
    give(image, typed, fur="red", age=2.5, old=False, note="")
    assert Annotation.objects.get().attributes == {"fur": "red", "age": 2.5, "old": False, "note": ""}


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"fur": "blue"}, "fur", "“blue” is none of the options: “red”, “grey”"),
        ({"fur": 1}, "fur", "none of the options"),
        ({"age": "2"}, "age", "not a number"),
        ({"age": True}, "age", "not a number"),
        ({"age": -1}, "age", "below the least value, 0"),
        ({"age": 30.5}, "age", "above the greatest value, 30"),
        ({"age": 0.7}, "age", "not on a step of 0.5 from 0"),
        ({"old": "true"}, "old", "neither true nor false"),
        ({"old": 1}, "old", "neither true nor false"),
        ({"note": 5}, "note", "not a text"),
        ({"note": "x" * 10_001}, "note", "at most 10000"),
        ({"furr": "red"}, "furr", "has no attribute “furr”. It has: fur, age, old, note"),
        ({"note": [1]}, "note", "not a text"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(as_, annotator, image, typed, tag, values, field, said):
    body = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [tag(typed), tag(typed, attributes=values)]}
    answer = as_(annotator).patch(f"/api/images/{image.pk}/annotations/", body, format="json")
    assert answer.status_code == 400
    assert said in answer.json()["error"]["fields"]["upsert"]["1"][f"attributes.{field}"][0]
    assert not Annotation.objects.exists()


def test_a_class_without_attributes_takes_any(image, cat, give):
    give(image, cat, anything=[1, {"a": None}])
    assert Annotation.objects.get().attributes == {"anything": [1, {"a": None}]}


def test_what_an_annotation_has_already_may_stay(image, typed, owner, tag, save):
    given = tag(typed, attributes={"age": 20})
    save(image, given)
    typed.change(owner, attributes=[FUR, AGE | {"max": 10}, OLD])
    save(image, given | {"attributes": {"age": 20, "old": True}})
    assert Annotation.objects.get().attributes == {"age": 20, "old": True}
    with pytest.raises(ValidationError, match="above"):
        save(image, given | {"attributes": {"age": 21}})


def test_a_new_annotation_gets_the_defaults(project, image, add_image, owner, cat, dog, give, tag, save):
    cat.change(owner, attributes=[FUR | {"default": "grey"}, OLD | {"default": False}, NOTE])
    give(image, cat, old=True)
    assert Annotation.objects.get().attributes == {"fur": "grey", "old": True}
    other = add_image("none.png")
    save(other, tag(cat, attributes={"fur": None}))
    assert Annotation.objects.get(image=other).attributes == {"old": False}
    bulk = add_image("bulk.png")
    Revision.objects.tag_images(project, owner, [(bulk, cat)])
    assert Annotation.objects.get(image=bulk).attributes == {"fur": "grey", "old": False}


def test_an_annotation_of_another_class_keeps_only_what_that_one_knows(free_project, image, owner, cat, dog, box, save):
    cat.change(owner, attributes=[FUR, OLD])
    dog.change(owner, attributes=[OLD, AGE | {"default": 1}])
    given = box(cat, attributes={"fur": "red", "old": True})
    save(image, given)
    save(image, given | {"class": dog.pk})
    assert Annotation.objects.get().attributes == {"old": True, "age": 1}


def test_a_missing_required_value_keeps_the_image_in_progress_and_nothing_is_lost(image, owner, cat, tag, save):
    cat.change(owner, attributes=[FUR | {"required": True}])
    given = tag(cat)
    assert save(image, given, status="labelled").status == "in_progress"
    for status in ("labelled", "approved"):
        with pytest.raises(ValidationError, match="“fur” of “cat” is required"):
            save(image, status=status)
    assert save(image, given | {"attributes": {"fur": "red"}}, status="labelled").status == "labelled"
    assert save(image, status="approved").status == "approved"


def test_a_required_value_missing_in_bulk_and_in_accepted_suggestions_too(project, image, add_image, owner, cat):
    cat.change(owner, attributes=[FUR | {"required": True}])
    Revision.objects.tag_images(project, owner, [(image, cat)])
    proposed = add_image("proposed.png")
    Suggestion.objects.propose(1, [ImagePrediction(proposed.pk, 0.1, [Proposed(cat.pk, 0.9)])])
    Revision.objects.accept_all(project, owner, Suggestion.objects.waiting())
    assert list(Image.objects.values_list("status", flat=True)) == ["in_progress"] * 2
    assert Annotation.objects.count() == 2


@pytest.mark.parametrize("before", ["labelled", "approved"])
def test_a_labelled_image_of_another_class_is_labelled_only_with_what_that_one_requires(
    image, owner, cat, dog, give, tag, save, before
):
    cat.change(owner, attributes=[FUR | {"required": True}])
    give(image, dog)
    save(image, status=before)
    other = tag(cat)
    assert save(image, other, delete=[str(Annotation.objects.get().pk)]).status == "in_progress"
    save(image, other | {"attributes": {"fur": "red"}}, status="labelled")
    assert save(image, other | {"attributes": {}}).status == "in_progress"


def test_a_labelled_image_that_gets_another_class_in_bulk_too(project, image, add_image, owner, cat, dog, give):
    cat.change(owner, attributes=[FUR | {"required": True}])
    whole = add_image("whole.png")
    give(image, dog)
    give(whole, cat, fur="red")
    Revision.objects.tag_images(project, owner, [(image, cat), (whole, cat)])
    assert [Image.objects.get(pk=each.pk).status for each in (image, whole)] == ["in_progress", "labelled"]


def test_what_was_labelled_before_an_attribute_was_required_stays_so(image, owner, cat, give):
    give(image, cat)
    cat.change(owner, attributes=[FUR | {"required": True}])
    assert Image.objects.get().status == "labelled"
