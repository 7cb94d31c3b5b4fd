import random

import pytest
from rest_framework.exceptions import ValidationError

from labelapp.annotations.models import Revision
from labelapp.projects.errors import Conflict
from labelapp.projects.models import LabelClass


@pytest.mark.parametrize("seed", range(5))
def test_every_revision_can_be_seen_and_restored(free_project, image, owner, save, box, seed):
    """Whatever was done in whatever order: each revision is found again exactly."""
    draw = random.Random(seed)
    classes = [LabelClass.objects.add(free_project, name) for name in ("a", "b")]
    states = {0: (Revision.objects.image_at(image, 0))}
    for _step in range(12):
        image.refresh_from_db()
        rows = states[max(states)].annotations
        gone = [row["id"] for row in rows if draw.random() < 0.3]
        edited = [row | {"geometry": {"box": [1, 1, draw.uniform(1, 50), 9]}} for row in rows if row["id"] not in gone]
        edited = [row for row in edited if draw.random() < 0.5]
        made = [box(draw.choice(classes)) for _ in range(draw.randrange(3))]
        status = draw.choice([None, "labelled", "in_progress"])
        state = save(image, *edited, *made, delete=gone, status=status)
        states[state.revision] = state
    for number, state in states.items():
        assert Revision.objects.image_at(image, number) == state
    image.refresh_from_db()
    for number in draw.sample(sorted(states), 4):
        restored = Revision.objects.restore(image, number, owner)
        assert (restored.annotations, restored.status) == (states[number].annotations, states[number].status)
        assert Revision.objects.image_at(image, restored.revision) == restored


def test_an_annotator_restores_no_approval(image, annotator, reviewer, cat, tag, save):
    save(image, tag(cat), by=reviewer, status="approved")
    save(image, by=annotator, status="labelled")
    assert Revision.objects.restore(image, 1, annotator).status == "labelled"
    assert Revision.objects.restore(image, 1, reviewer).status == "approved"


def test_a_class_that_is_gone_is_said(image, owner, cat, tag, save):
    given = tag(cat)
    save(image, given)
    save(image, delete=[given["id"]])
    cat.delete()
    with pytest.raises(ValidationError, match="has been deleted"):
        Revision.objects.restore(image, 1, owner)


def test_nothing_is_restored_in_the_trash(image, owner, cat, tag, save):
    given = tag(cat)
    save(image, given)
    save(image, delete=[given["id"]])
    type(image).objects.filter(pk=image.pk).move_to_trash(owner)
    with pytest.raises(Conflict, match="in the trash"):
        Revision.objects.restore(image, 1, owner)
    assert not image.annotations.exists()


@pytest.fixture
def taken(free_project, image, add_image, save, box, cat):
    """The annotation of another image that has the id of one that was deleted here."""
    shape = box(cat)
    save(image, shape)
    save(image, delete=[shape["id"]])
    other = add_image("other.png")
    save(other, shape | {"geometry": {"box": [50, 50, 9, 9]}})
    return other.annotations.get()


@pytest.mark.parametrize("path", ["revisions/1/restore/", "deleted-shapes/restore/"])
def test_an_annotation_of_another_image_is_left_alone(as_, image, owner, taken, path):
    answer = as_(owner).post(f"/api/images/{image.pk}/{path}", {"ids": [str(taken.pk)]}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "in_use")
    assert "another image" in answer.json()["error"]["message"]
    now = type(taken).objects.get()
    assert (now.image, now.geometry) == (taken.image, taken.geometry)
    assert image.revisions.count() == 2
