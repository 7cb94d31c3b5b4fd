"""Attributes of a class are renamed, retyped and taken away, with the values that annotations have."""

import pytest

from labelapp.annotations.class_changes.carrying import change_attributes, preview, read_edit
from labelapp.annotations.models import Annotation, Revision
from labelapp.projects.errors import Conflict
from labelapp.projects.models import ClassChange
from labelapp.projects.models.class_undo import undo
from tests.annotations.conftest import AGE, FUR, NOTE, OLD


@pytest.fixture
def edit(owner, done):
    def change(label_class, sent):
        changed = change_attributes(owner, label_class, read_edit(label_class, sent))
        label_class.refresh_from_db()
        return done(changed)

    return change


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
