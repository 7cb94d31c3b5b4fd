"""Classes as text, from one project to another."""

import json

import pytest

from labelapp.annotations.models import Annotation
from labelapp.projects.models import ClassChange, LabelClass
from labelapp.projects.models.class_change import MOST_PASSES
from labelapp.projects.models.class_undo import undo

FUR = {"name": "fur", "type": "select", "options": ["red", "grey"]}


@pytest.fixture
def paste(as_, owner, project):
    def send(classes, preview=False, **more):
        text = classes if isinstance(classes, str) else json.dumps(classes)
        path = f"/api/projects/{project.pk}/classes/text/{'preview/' if preview else ''}"
        return as_(owner).post(path, {"text": text, **more}, format="json")

    return send


def test_the_preview_tells_what_is_new_the_same_and_different(paste, cat, dog, image, owner, give):
    cat.change(owner, attributes=[FUR])
    give(image, cat, fur="red")
    told = paste(
        [{"name": "cat", "color": "#000000", "attributes": [FUR | {"options": ["grey"]}]}, "dog", {"name": "horse"}],
        preview=True,
    ).json()
    assert (told["added"], told["same"]) == (["horse"], ["dog"])
    [conflict] = told["conflicts"]
    assert [(each["field"], each["theirs"]) for each in conflict["fields"]] == [
        ("color", "#000000"), ("attributes", [FUR | {"options": ["grey"]}]),
    ]  # fmt: skip
    assert conflict["lost"] == [{"attribute": "fur", "option": "red", "count": 1}]
    assert not LabelClass.objects.filter(name="horse").exists()


def test_new_ones_are_added_and_conflicts_stay_unless_theirs_is_taken(paste, project, cat, dog):
    text = [{"name": "cat", "color": "#000000"}, {"name": "dog", "color": "#ffffff"}, {"name": "horse", "key": "1"}]
    answer = paste(text, theirs=["dog"])
    assert (answer.status_code, answer.json()["change"]["title"]) == (200, "2 classes from a text")
    assert [(each.name, each.key) for each in project.classes.all()] == [("cat", "1"), ("dog", "2"), ("horse", "3")]
    assert [project.classes.get(name=name).color for name in ("cat", "dog")] == [cat.color, "#ffffff"]
    assert paste(text, theirs=["dog"]).json()["change"] is None


def test_a_paste_is_undone_with_the_values_that_it_took(paste, project, owner, cat, image, give, done):
    cat.change(owner, attributes=[FUR])
    give(image, cat, fur="red")
    answer = paste([{"name": "cat", "attributes": []}, "horse", "used"], theirs=["cat"])
    assert answer.status_code == 202
    change = done(ClassChange.objects.get(pk=answer.json()["change"]["id"]))
    assert Annotation.objects.get().attributes == {}
    done(undo(change, owner))
    assert Annotation.objects.get().attributes == {"fur": "red"}
    assert list(project.classes.values_list("name", flat=True)) == ["cat"]


def test_the_values_of_more_classes_than_it_goes_over_images_are_taken_and_come_back(
    paste, project, owner, add_image, give, done
):
    names = [f"class {number}" for number in range(MOST_PASSES + 3)]
    for name in names:
        made = LabelClass.objects.add(project, name, attributes=[FUR])
        give(add_image(f"{name}.png"), made, fur="red")
    answer = paste([{"name": name, "attributes": []} for name in names], theirs=names)
    change = done(ClassChange.objects.get(pk=answer.json()["change"]["id"]))
    assert not Annotation.objects.exclude(attributes={}).exists()
    done(undo(change, owner))
    assert Annotation.objects.filter(attributes={"fur": "red"}).count() == len(names)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[\n {"name": "a"},\n {"name": }\n]', "Line 3: this is not JSON"),
        ('{"name": "a"}', "Line 1: A list of classes"),
        ('[\n "a",\n 5\n]', "Line 3, 1: A class is an object"),
        ('[\n {"colour": "#000000",\n  "name": "a"}]', "Line 2, 0.colour: A class has no “colour”"),
        ('[{"name": "a",\n "color": "red"}]', "Line 2, 0.color: Write it as #rrggbb"),
        ('[{"name": "a",\n "key": "ab"}]', "Line 2, 0.key"),
        ('[{"name": "a",\n "shapes": ["box",\n "circle"]}]', "Line 3, 0.shapes.1"),
        ('[{"name": "a",\n "attributes": [\n{"name": "x", "type": "select"}]}]', "Line 3, 0.attributes.0.options"),
        ('["a",\n\n"a"]', "Line 3, 1: The class “a” is there twice"),
        ('["a", "x\\ud800"]', "half a character"),
        ("[" * 40 + "]" * 40, "nested"),
        ("", "this field may not be blank"),
    ],
)
def test_a_mistake_is_named_by_its_line_and_nothing_is_added(paste, project, text, said):
    for preview in (True, False):
        answer = paste(text, preview=preview)
        assert answer.status_code == 400
        assert said.lower() in answer.json()["error"]["message"].lower()
    assert not project.classes.exists()


def test_every_mistake_is_told_at_once(paste):
    answer = paste('[{"name": ""},\n {"name": "a", "color": 5},\n "b"]')
    assert len(answer.json()["error"]["fields"]["text"]) == 2


def test_only_owners_paste(as_, project, annotator, viewer, stranger):
    for verb in ("text/", "text/preview/"):
        path = f"/api/projects/{project.pk}/classes/{verb}"
        for person, status in [(annotator, 403), (viewer, 403), (stranger, 404), (None, 401)]:
            assert as_(person).post(path, {"text": "[]"}, format="json").status_code == status
        assert as_(annotator).get(path).status_code == 405
