"""The skeleton of a class: what it may be, what becomes of it while shapes have it, and what shapes have to keep to."""

import json
import uuid

import pytest

from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.models import Annotation, Proposed, Suggestion
from labelapp.annotations.models.prediction import ImagePrediction
from labelapp.projects.errors import Conflict
from labelapp.projects.models import ClassChange, LabelClass
from labelapp.projects.models.class_undo import undo
from labelapp.projects.models.skeleton import read_skeleton
from labelapp.projects.skeleton_presets import PRESETS

ARM = {
    "points": [{"name": name, "x": x, "y": 0.5} for name, x in (("shoulder", 0.0), ("elbow", 0.5), ("hand", 1.0))],
    "edges": [[0, 1], [1, 2]],
}
FOUR = ARM | {"points": [*ARM["points"], {"name": "finger", "x": 1.0, "y": 1.0}]}


def points(*visibilities: int) -> dict:
    return {
        "points": [[10.0 + place, 20.0, each] if each else [0.0, 0.0, 0] for place, each in enumerate(visibilities)]
    }


@pytest.fixture
def arm(free_project):
    return LabelClass.objects.add(free_project, "arm", skeleton=read_skeleton(ARM))


@pytest.fixture
def keypoints():
    def make(label_class, *visibilities: int, **fields) -> dict:
        geometry = points(*visibilities)
        return {"id": str(uuid.uuid4()), "class": label_class.pk, "shape": "keypoints", "geometry": geometry, **fields}

    return make


@pytest.fixture
def change(as_, owner, project):
    def send(label_class, skeleton):
        path = f"/api/projects/{project.pk}/classes/{label_class.pk}/"
        answer = as_(owner).patch(path, {"skeleton": skeleton}, format="json")
        label_class.refresh_from_db()
        return answer

    return send


@pytest.fixture
def send(as_, annotator, image):
    def patch(*upsert: dict):
        image.refresh_from_db()
        body = {"key": str(uuid.uuid4()), "base_revision": image.revision, "upsert": upsert, "delete": []}
        return as_(annotator).patch(f"/api/images/{image.pk}/annotations/", body, format="json")

    return patch


def names(*given: str) -> dict:
    return {"points": list(given), "edges": []}


def test_a_class_is_made_with_a_skeleton_and_loses_it(as_, owner, project, change):
    answer = as_(owner).post(f"/api/projects/{project.pk}/classes/", {"name": "arm", "skeleton": ARM}, format="json")
    assert (answer.status_code, answer.json()["skeleton"]) == (201, ARM)
    made = LabelClass.objects.get(name="arm")
    flip = ARM | {"flip": [[0, 2]]}
    assert change(made, flip).json()["skeleton"] == flip
    for nothing in ({}, None):
        assert change(made, nothing).json()["skeleton"] == {}


def test_points_without_a_place_get_one(arm, change):
    assert change(arm, names("a", "b", "c", "d")).status_code == 200
    assert [(each["x"], each["y"]) for each in arm.skeleton["points"]] == [(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)]
    person = PRESETS["person"][1]
    assert change(arm, names(*(each["name"] for each in person["points"]))).status_code == 200
    assert arm.skeleton["points"] == person["points"]


def test_the_skeletons_at_hand_are_good_ones():
    for _title, skeleton in PRESETS.values():
        assert read_skeleton(json.loads(json.dumps(skeleton))) == skeleton


@pytest.mark.parametrize(
    ("skeleton", "place", "words"),
    [
        ("x", "skeleton", "object with points"),
        ({"points": []}, "skeleton.points", "at least one point"),
        ({"points": [f"p{number}" for number in range(101)]}, "skeleton.points", "at most 100"),
        ({"points": ["a", "a"]}, "skeleton.points.1.name", "named twice: “a”"),
        ({"points": ["a" * 61]}, "skeleton.points.0.name", "at most 60"),
        ({"points": [{"name": " "}]}, "skeleton.points.0.name", "A name"),
        ({"points": [5]}, "skeleton.points.0", "object with a name"),
        ({"points": [{"name": "a", "z": 1}]}, "skeleton.points.0.z", "no “z”"),
        ({"points": [{"name": "a", "x": 2, "y": 0}]}, "skeleton.points.0.x", "from 0 to 1"),
        ({"points": ["a", "b"], "edges": [[0, 2]]}, "skeleton.edges.0", "count from 0 to 1"),
        ({"points": ["a", "b"], "edges": [[0, 1], [1, 1]]}, "skeleton.edges.1", "two different"),
        ({"points": ["a", "b"], "edges": [[0]]}, "skeleton.edges.0", "such as [0, 1]"),
        ({"points": ["a", "b", "c"], "flip": [[0, 1], [1, 2]]}, "skeleton.flip.1", "one pair"),
        ({"points": ["a"], "lines": []}, "skeleton.lines", "It may have: points, edges, flip"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(arm, change, skeleton, place, words):
    answer = change(arm, skeleton)
    assert answer.status_code == 400
    found = answer.json()["error"]["fields"]
    for step in place.split("."):
        found = found[step]
    assert words in (found if isinstance(found, str) else found[0])
    assert arm.skeleton == read_skeleton(ARM)


def test_a_change_is_noted_and_undone(arm, change, owner):
    before = arm.skeleton
    assert change(arm, FOUR).status_code == 200
    noted = ClassChange.objects.get()
    assert noted.title == "The skeleton of “arm”"
    undo(noted, owner)
    arm.refresh_from_db()
    assert arm.skeleton == before


def test_keypoints_have_as_many_points_as_the_skeleton(arm, keypoints, send, cat):
    assert send(keypoints(arm, 2, 1, 0), keypoints(cat, 2, 2)).status_code == 200
    for visibilities in ((2, 2), (2, 2, 2, 2)):
        answer = send(keypoints(arm, 2, 2, 2), keypoints(arm, *visibilities))
        assert answer.status_code == 400
        [message] = answer.json()["error"]["fields"]["upsert"]["1"]["geometry.points"]
        assert message.startswith(f"The skeleton of “arm” has 3 points, and here are {len(visibilities)}.")
    assert Annotation.objects.count() == 2


def test_points_are_renamed_appended_and_given_other_lines_while_shapes_have_them(arm, keypoints, send, change):
    assert send(keypoints(arm, 2, 2, 2)).status_code == 200
    renamed = FOUR | {"points": [FOUR["points"][0], FOUR["points"][1] | {"name": "joint"}, *FOUR["points"][2:]]}
    assert change(arm, renamed | {"edges": [[0, 3]]}).status_code == 200
    assert arm.skeleton["points"][1]["name"] == "joint"


@pytest.mark.parametrize(
    "skeleton",
    [names("shoulder", "elbow"), names("elbow", "shoulder", "hand"), names("shoulder", "hand", "elbow", "x"), {}],
)
def test_points_are_not_taken_away_or_reordered_while_shapes_have_them(arm, keypoints, send, change, skeleton):
    send(keypoints(arm, 2, 2, 2), keypoints(arm, 2, 2, 0))
    answer = change(arm, skeleton)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "in_use")
    assert answer.json()["error"]["message"].startswith("2 keypoints shapes have the points of “arm” as they are.")
    assert arm.skeleton == read_skeleton(ARM)
    Annotation.objects.all().delete()
    assert change(arm, skeleton).status_code == 200


def test_a_class_whose_shapes_have_free_points_gets_a_skeleton_that_holds_them(
    cat, free_project, keypoints, send, change
):
    send(keypoints(cat, 2, 2, 1), keypoints(cat, 2))
    assert change(cat, names("a", "b")).status_code == 409
    assert change(cat, ARM).status_code == 200


def test_shapes_from_before_a_point_was_appended_get_it_as_absent(arm, keypoints, send, change):
    old, away = keypoints(arm, 2, 2, 2), keypoints(arm, 2, 1, 2)
    send(old)
    change(arm, FOUR)
    # The one is moved; the other was drawn by somebody who did not know of the new point.
    moved = old | {"geometry": points(2, 1, 2)}
    assert send(moved, away).status_code == 200
    assert [each.geometry for each in Annotation.objects.all()] == [points(2, 1, 2, 0)] * 2
    assert send(keypoints(arm, 2, 2)).status_code == 400


def test_an_undo_stays_away_from_points_that_shapes_have(arm, keypoints, send, change, owner):
    old = keypoints(arm, 2, 2, 2)
    send(old)
    change(arm, FOUR)
    first = undo(ClassChange.objects.latest("pk"), owner)
    arm.refresh_from_db()
    assert (len(arm.skeleton["points"]), first.notes) == (3, [])
    change(arm, FOUR)
    send(keypoints(arm, 2, 2, 2, 1))
    second = undo(ClassChange.objects.latest("pk"), owner)
    arm.refresh_from_db()
    assert len(arm.skeleton["points"]) == 4
    assert second.notes == ["The skeleton of “arm” stays: shapes have been drawn with its points since."]


def test_classes_of_different_skeletons_are_not_merged(arm, cat, dog, free_project, owner, keypoints, send, done):
    hand = LabelClass.objects.add(free_project, "hand", skeleton=read_skeleton(names("wrist")))
    with pytest.raises(Conflict, match="“arm” has 3 points, “hand” has 1"):
        start_merge(owner, arm, hand)
    send(keypoints(cat, 2))
    with pytest.raises(Conflict, match="The skeletons differ"):
        start_merge(owner, cat, arm)
    merge = done(start_merge(owner, arm, dog))
    dog.refresh_from_db()
    assert dog.skeleton == read_skeleton(ARM)
    done(undo(merge, owner))
    dog.refresh_from_db()
    assert dog.skeleton == {}
    assert LabelClass.objects.get(name="arm").skeleton == read_skeleton(ARM)


def test_a_merge_is_refused_over_the_api_with_the_reason(arm, free_project, as_, owner):
    other = LabelClass.objects.add(free_project, "leg", skeleton=read_skeleton(names("hip", "knee", "foot")))
    path = f"/api/projects/{free_project.pk}/classes/{arm.pk}/merge/"
    answer = as_(owner).post(path, {"into": other.pk}, format="json")
    assert answer.status_code == 409
    assert "not the same ones in the same order" in answer.json()["error"]["message"]


def test_what_is_split_off_has_the_same_skeleton(arm, keypoints, send, as_, owner, project):
    send(keypoints(arm, 2, 2, 2))
    path = f"/api/projects/{project.pk}/classes/{arm.pk}/split/"
    assert as_(owner).post(path, {"name": "left arm", "shapes": ["keypoints"]}, format="json").status_code == 202
    assert LabelClass.objects.get(name="left arm").skeleton == arm.skeleton


def test_the_text_of_a_class_carries_its_skeleton(arm, keypoints, send, as_, owner, project):
    def paste(skeleton, theirs=()):
        text = json.dumps([{"name": "arm", "skeleton": skeleton}, {"name": "copy", "skeleton": skeleton}])
        path = f"/api/projects/{project.pk}/classes/text/"
        return as_(owner).post(path, {"text": text, "theirs": theirs}, format="json")

    assert paste(FOUR, ["arm"]).status_code == 200
    assert [each.skeleton for each in project.classes.all()] == [read_skeleton(FOUR)] * 2
    send(keypoints(arm, 2, 2, 2, 2))
    assert paste(ARM, ["arm"]).status_code == 409
    wrong = paste({"points": ["a", "a"]})
    assert (wrong.status_code, wrong.json()["error"]["fields"]["text"][0]) == (
        400, "Line 1, 0.skeleton.points.1.name: A point is named twice: “a”.",
    )  # fmt: skip


def test_suggestions_that_have_other_points_are_not_made(arm, image):
    given = [Proposed(arm.pk, 0.9, "keypoints", points(*each)) for each in ((2, 2, 2), (2, 2), (2, 2, 2, 2))]
    Suggestion.objects.propose(1, [ImagePrediction(image.pk, proposed=given, uncertainty=0.1)])
    assert sorted(len(each.geometry["points"]) for each in Suggestion.objects.all()) == [3, 3]
