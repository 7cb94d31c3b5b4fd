"""Values of typed attributes: checked when they are saved, carried along when their definitions change."""

import uuid

import pytest
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes.carrying import change_attributes, preview, read_edit
from labelapp.annotations.models import Annotation, Proposed, Revision, Suggestion
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import ClassChange
from labelapp.projects.models.class_undo import undo

FUR = {"name": "fur", "type": "select", "options": ["red", "grey"]}
AGE = {"name": "age", "type": "number", "min": 0, "max": 30, "step": 0.5}
OLD = {"name": "old", "type": "checkbox"}
NOTE = {"name": "note", "type": "text"}


@pytest.fixture
def typed(cat, owner):
    cat.change(owner, attributes=[FUR, AGE, OLD, NOTE])
    return cat


@pytest.fixture
def edit(owner, done):
    def change(label_class, sent):
        changed = change_attributes(owner, label_class, read_edit(label_class, sent))
        label_class.refresh_from_db()
        return done(changed)

    return change


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
    Revision.objects.accept_above(project, owner, 0.5, Image.objects.all())
    assert list(Image.objects.values_list("status", flat=True)) == ["in_progress"] * 2
    assert Annotation.objects.count() == 2


def test_what_was_labelled_before_an_attribute_was_required_stays_so(image, owner, cat, give):
    give(image, cat)
    cat.change(owner, attributes=[FUR | {"required": True}])
    assert Image.objects.get().status == "labelled"


def test_renamed_attributes_and_options_take_their_values_along(image, typed, give, edit):
    give(image, typed, fur="red", age=2, note="n")
    change = edit(
        typed,
        [FUR | {"name": "coat", "was": "fur", "options": ["ginger", "grey"], "renamed": {"red": "ginger"}}, AGE, NOTE],
    )
    assert Annotation.objects.get().attributes == {"coat": "ginger", "age": 2, "note": "n"}
    assert change.title == "The attributes of “cat”"
    assert Revision.objects.count() == 2


def test_names_can_be_swapped(image, owner, cat, give, edit):
    cat.change(owner, attributes=[NOTE | {"name": "a"}, NOTE | {"name": "b"}])
    give(image, cat, a="1", b="2")
    edit(cat, [NOTE | {"name": "b", "was": "a"}, NOTE | {"name": "a", "was": "b"}])
    assert Annotation.objects.get().attributes == {"b": "1", "a": "2"}


def test_deleting_tells_how_many_values_go_with_it(add_image, typed, give, edit):
    for number, fur in enumerate(["red", "red", "grey"]):
        give(add_image(f"{number}.png"), typed, fur=fur, old=True)
    sent = [FUR | {"options": ["grey"]}, AGE, NOTE]
    told = preview(typed, read_edit(typed, sent))
    assert told["changed"] == 3
    assert {(each["attribute"], each["option"], each["count"]) for each in told["lost"]} == {
        ("fur", "red", 2), ("old", "", 3),
    }  # fmt: skip
    change = edit(typed, sent)
    assert change.counts["lost"] == 5
    assert [each.attributes for each in Annotation.objects.all()] == [{}, {}, {"fur": "grey"}]


def test_the_preview_counts_what_lacks_a_value_that_is_required_from_now_on(add_image, typed, give):
    given = [{}, {"note": "n"}, {"note": ""}, {"note": "n", "fur": "red"}, {"fur": "red"}, {"note": "n", "fur": "grey"}]
    for number, values in enumerate(given):
        give(add_image(f"{number}.png"), typed, **values)
    needed = NOTE | {"required": True}
    assert preview(typed, read_edit(typed, [FUR, AGE, OLD, needed]))["incomplete"] == 3
    sent = [FUR | {"required": True, "options": ["grey"]}, AGE, OLD, needed]
    assert preview(typed, read_edit(typed, sent))["incomplete"] == 5
    sent = [FUR, AGE, OLD, needed, {"name": "quote \" and 'é", "required": True}]
    assert preview(typed, read_edit(typed, sent))["incomplete"] == 6


def test_previews_read_only_what_may_change(add_image, typed, give, django_assert_max_num_queries):
    give(add_image("a.png"), typed, fur="red")
    with django_assert_max_num_queries(0):
        assert preview(typed, read_edit(typed, [FUR, AGE, OLD, NOTE, {"name": "new"}]))["changed"] == 0


def test_another_type_keeps_the_values_that_can_be_read_as_it(add_image, typed, give, edit):
    for number, note in enumerate(["12", "many"]):
        give(add_image(f"{number}.png"), typed, note=note)
    edit(typed, [FUR, AGE, OLD, NOTE | {"type": "number"}])
    assert [each.attributes for each in Annotation.objects.all()] == [{"note": 12}, {}]


def test_undo_brings_names_and_lost_values_back(add_image, owner, typed, give, edit, done):
    give(add_image("a.png"), typed, fur="red", old=True, note="n")
    rows, attributes = Annotation.objects.rows(), typed.attributes
    change = edit(typed, [FUR | {"options": ["grey"]}, NOTE | {"name": "remark", "was": "note"}])
    assert Annotation.objects.get().attributes == {"remark": "n"}
    done(undo(change, owner))
    typed.refresh_from_db()
    assert typed.attributes == attributes
    assert Annotation.objects.get().attributes == rows[0]["attributes"]


def test_undo_keeps_the_values_that_others_gave_since(add_image, owner, annotator, typed, tag, save, edit, done):
    image = add_image("a.png")
    given = tag(typed, attributes={"note": "n"})
    save(image, given)
    change = edit(typed, [FUR | {"options": ["red", "grey", "blue"]}, NOTE | {"name": "remark", "was": "note"},
                          {"name": "mood", "type": "text"}])  # fmt: skip
    save(image, given | {"attributes": {"remark": "mine", "mood": "good", "fur": "blue"}}, by=annotator)
    undone = done(undo(change, owner))
    assert Annotation.objects.get().attributes == {"note": "mine", "mood": "good", "fur": "blue"}
    typed.refresh_from_db()
    assert [each["name"] for each in typed.attributes] == ["fur", "age", "old", "note", "mood"]
    assert typed.attributes[0]["options"] == ["red", "grey", "blue"]
    assert undone.notes == ["This stays, as it has values that were given since: fur: blue, mood."]


def test_a_newer_change_of_the_attributes_has_to_be_undone_first(owner, typed, edit):
    change = edit(typed, [FUR])
    typed.change(owner, attributes=[FUR, AGE])
    with pytest.raises(Conflict, match="Undo that first"):
        undo(change, owner)


def test_a_plain_change_that_would_lose_values_is_sent_elsewhere(as_, owner, project, image, typed, give):
    give(image, typed, fur="red")
    path = f"/api/projects/{project.pk}/classes/{typed.pk}/"
    answer = as_(owner).patch(path, {"attributes": [AGE]}, format="json")
    assert answer.status_code == 409
    assert f"{path}attributes/" in answer.json()["error"]["message"]
    assert as_(owner).patch(path, {"attributes": [FUR, AGE, OLD]}, format="json").status_code == 200


def test_the_api_takes_text_and_names_the_line(as_, owner, project, image, typed, give):
    give(image, typed, fur="red")
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/{typed.pk}/attributes/"
    text = '[\n  {"name": "fur", "type": "select",\n   "options": ["red",\n               "red"]}\n]'
    answer = client.put(path, {"text": text}, format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["fields"]["text"] == ["Line 4, 0.options.1: The option “red” is there twice."]
    assert client.put(path, {"text": "[\n{]"}, format="json").json()["error"]["message"].startswith("text: Line 2:")
    told = client.post(f"{path}preview/", {"attributes": [AGE]}, format="json").json()
    assert told["lost"] == [{"attribute": "fur", "option": "", "count": 1}]
    answer = client.put(path, {"attributes": [AGE]}, format="json")
    assert (answer.status_code, answer.json()["change"]["status"]) == (202, "queued")
    ClassChange.objects.get(status="queued").perform()
    assert client.put(path, {"attributes": [AGE, OLD]}, format="json").status_code == 200
    assert client.put(path, {"attributes": [AGE, OLD]}, format="json").json()["change"] is None


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ([{"name": ""}], "0.name"),
        ([{"name": "12"}], "0.name"),
        ([{"name": "a\nb"}], "0.name"),
        ([{"name": "a"}, {"name": "a"}], "1.name"),
        ([{"name": "a", "type": "radio"}], "0.type"),
        ([{"name": "a", "type": ["x"]}], "0.type"),
        ([{"name": "a", "type": "select"}], "0.options"),
        ([{"name": "a", "type": "select", "options": ["x", ""]}], "0.options.1"),
        ([{"name": "a", "type": "select", "options": ["x"], "default": "y"}], "0.default"),
        ([{"name": "a", "type": "number", "min": 3, "max": 2}], "0.max"),
        ([{"name": "a", "type": "number", "step": 0}], "0.step"),
        ([{"name": "a", "type": "number", "min": "x"}], "0.min"),
        ([{"name": "a", "type": "text", "min": 1}], "0.min"),
        ([{"name": "a", "required": 1}], "0.required"),
        ([{"name": "a", "was": "gone"}], "0.was"),
        ([{"name": "a", "was": "fur"}, {"name": "b", "was": "fur"}], "1.was"),
        ([FUR | {"renamed": {"blue": "red"}}], "0.renamed.blue"),
        (["fur"], "0"),
        ({"name": "a"}, ""),
        (None, ""),
    ],
)
def test_a_definition_that_cannot_be_is_refused_by_its_place(as_, owner, project, typed, sent, place):
    path = f"/api/projects/{project.pk}/classes/{typed.pk}/attributes/"
    answer = as_(owner).put(path, {"attributes": sent}, format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith(f"attributes.{place}:" if place else "attributes:")
