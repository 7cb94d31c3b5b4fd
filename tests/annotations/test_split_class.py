"""Some annotations of a class move to a new class."""

import pytest
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes.split import start_split
from labelapp.annotations.models import Annotation
from labelapp.projects.models import LabelClass
from labelapp.projects.models.class_undo import undo

ATTRIBUTES = [
    {"name": "old", "type": "checkbox"},
    {"name": "fur__1", "type": "select", "options": ["red", "grey"]},
    {"name": "age", "type": "number"},
]


@pytest.fixture
def cats(free_project, owner, add_image, cat, box, save, tag):
    """Three images with a box each, of other values, and one with a tag."""
    cat.change(owner, attributes=ATTRIBUTES)
    values = [{"old": True, "fur__1": "red", "age": 2}, {"old": False, "fur__1": "red"}, {"fur__1": "grey", "age": 2.0}]
    for number, each in enumerate(values):
        save(add_image(f"{number}.png"), box(cat, attributes=each), status="labelled")
    save(add_image("tagged.png"), tag(cat, source="file"))
    return cat


@pytest.mark.parametrize(
    ("choices", "names"),
    [
        ({"attributes": {"old": True}}, {"0.png"}),
        ({"attributes": {"old": False}}, {"1.png"}),
        ({"attributes": {"fur__1": "red"}}, {"0.png", "1.png"}),
        ({"attributes": {"fur__1": "red", "age": 2}}, {"0.png"}),
        ({"attributes": {"age": 2}}, {"0.png", "2.png"}),
        ({"shapes": ["tag"]}, {"tagged.png"}),
        ({"sources": ["file"]}, {"tagged.png"}),
        ({"filters": {"search": "1"}}, {"1.png"}),
        ({"filters": {"status": "labelled"}, "attributes": {"fur__1": "grey"}}, {"2.png"}),
        ({}, {"0.png", "1.png", "2.png", "tagged.png"}),
    ],
)
def test_the_choices_narrow_each_other(free_project, owner, cats, done, choices, names):
    change = done(start_split(owner, cats, "kitten", choices))
    kitten = LabelClass.objects.get(name="kitten")
    assert set(Annotation.objects.filter(label_class=kitten).values_list("image__name", flat=True)) == names
    assert (kitten.attributes, kitten.shapes) == (cats.attributes, cats.shapes)
    assert kitten.color != cats.color
    assert change.counts["annotations"] == len(names)


def test_undo_moves_them_back_and_the_new_class_goes(free_project, owner, cats, done):
    rows = Annotation.objects.rows()
    change = done(start_split(owner, cats, "kitten", {"attributes": {"fur__1": "red"}}))
    done(undo(change, owner))
    assert Annotation.objects.rows() == rows
    assert list(free_project.classes.all()) == [cats]


def test_a_new_class_that_was_used_since_stays(free_project, owner, cats, add_image, box, save, done):
    change = done(start_split(owner, cats, "kitten", {"shapes": ["tag"]}))
    kitten = LabelClass.objects.get(name="kitten")
    save(add_image("later.png"), box(kitten))
    undone = done(undo(change, owner))
    assert undone.notes == ["The class “kitten” stays: it has been used since."]
    assert [each.image.name for each in kitten.annotations.all()] == ["later.png"]


def test_nothing_that_fits_and_a_name_that_is_taken_make_no_class(free_project, owner, cats, dog):
    with pytest.raises(ValidationError, match="No annotation"):
        start_split(owner, cats, "kitten", {"filters": {"search": "nothing like this"}})
    with pytest.raises(ValidationError, match="already"):
        start_split(owner, cats, "dog", {})
    assert free_project.classes.count() == 2


def test_the_api_tells_the_count_first(as_, owner, free_project, cats):
    path = f"/api/projects/{free_project.pk}/classes/{cats.pk}/split/"
    preview = as_(owner).post(f"{path}preview/", {"attributes": {"fur__1": "red"}}, format="json")
    assert preview.json() == {"annotations": 2, "images": 2}
    answer = as_(owner).post(path, {"name": "kitten", "attributes": {"fur__1": "red"}}, format="json")
    assert answer.status_code == 202
    assert answer.json()["title"] == "Splitting “kitten” off “cat”"
