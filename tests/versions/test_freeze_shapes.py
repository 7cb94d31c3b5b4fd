"""What is frozen of shapes and classes beyond where they are: how they stand, and their skeletons."""

import json

import pytest
from django.core.files.storage import default_storage

from labelapp.annotations.models import Annotation
from labelapp.projects.models.skeleton import read_skeleton
from labelapp.versions.content import Frozen
from labelapp.versions.digest import annotations_of
from tests.versions.conftest import manifest

pytestmark = pytest.mark.django_db
PLAIN_CAT = {
    "class_id": 1, "shape": "tag", "geometry": {}, "attributes": {}, "occluded": False, "z_order": 0, "group": None,
}  # fmt: skip


def test_a_skeleton_is_frozen_with_its_class_and_is_part_of_what_the_version_is(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 4)
    first = freeze(project, owner)
    skeleton = read_skeleton({"points": ["nose", "tail"], "edges": [[0, 1]]})
    project.classes.get().change(owner, skeleton=skeleton)
    second = freeze(project, owner)
    with default_storage.open(f"{first.folder}/version.json") as file:
        assert "skeleton" not in json.load(file)["classes"][0]
    with default_storage.open(f"{second.folder}/version.json") as file:
        assert json.load(file)["classes"][0]["skeleton"] == skeleton
    assert first.hash != second.hash


def test_how_shapes_stand_changes_the_hash_only_where_it_is_unusual(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 3)
    before = freeze(project, owner)
    (first, *_others) = Annotation.objects.order_by("pk")
    Annotation.objects.filter(pk=first.pk).update(occluded=True, z_order=2, group=5)
    changed = freeze(project, owner)
    assert before.hash != changed.hash
    rows = [each for row in manifest(changed) for each in row["annotations"]]
    assert {(each["occluded"], each["z_order"], each["group"]) for each in rows} == {(True, 2, 5), (False, 0, None)}
    Annotation.objects.update(occluded=False, z_order=0, group=None)
    assert freeze(project, owner).hash == before.hash
    assert annotations_of(Frozen(1, "", "", 1, 1, "", 1, "labelled", [PLAIN_CAT]), {1: "cat"}) == [
        '["cat","tag",{},{}]'
    ]
