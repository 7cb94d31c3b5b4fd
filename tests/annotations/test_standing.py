"""Occluded, z-order and group: how an annotation stands among the others of its image."""

import uuid

import pytest

from labelapp.annotations.models import Annotation, Revision
from labelapp.annotations.models.deleted_shapes import told

PLAIN = {"occluded": False, "z_order": 0, "group": None}
STANDING = {"occluded": True, "z_order": -2, "group": 7}


@pytest.fixture
def patch(as_, owner, free_project, image):
    def send(*upsert, **body):
        image.refresh_from_db()
        body = {"base_revision": image.revision, "key": str(uuid.uuid4()), "upsert": list(upsert)} | body
        return as_(owner).patch(f"/api/images/{image.pk}/annotations/", body, format="json")

    return send


def standing(row) -> dict:
    return {name: row[name] for name in PLAIN}


def test_what_a_script_leaves_out_is_plain_and_stays_as_it_was(patch, cat, box, as_, owner, image):
    (row,) = patch(given := box(cat)).json()["annotations"]
    assert standing(row) == PLAIN
    assert standing(patch(given | STANDING).json()["annotations"][0]) == STANDING
    moved = {name: given[name] for name in ("id", "class", "shape")} | {"geometry": {"box": [5, 5, 20, 20]}}
    assert standing(patch(moved).json()["annotations"][0]) == STANDING
    assert standing(patch(moved | {"group": None}).json()["annotations"][0]) == STANDING | {"group": None}
    (seen,) = as_(owner).get(f"/api/images/{image.pk}/annotations/").json()["annotations"]
    assert seen == Annotation.objects.get().row


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("occluded", 1), ("occluded", None), ("occluded", "yes"), ("z_order", 1.5), ("z_order", True),
        ("z_order", None), ("z_order", 10**10), ("group", 0), ("group", -1), ("group", "a"), ("group", True),
        ("group", 2**40),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_by_index_and_field(patch, cat, box, field, value):
    answer = patch(box(cat), box(cat, **{field: value}))
    assert answer.status_code == 400
    ((index, problem),) = answer.json()["error"]["fields"]["upsert"].items()
    assert (index, list(problem)) == ("1", [field])
    assert not Annotation.objects.exists()


def test_a_history_tells_it_in_words(patch, cat, box, as_, owner, image):
    first, second, third = box(cat), box(cat), box(cat)
    patch(first, second, third)
    patch(first | {"group": 1}, second | {"group": 1}, third | {"occluded": True})
    patch(first | {"z_order": 4})
    newest, before, _drawn = as_(owner).get(f"/api/images/{image.pk}/history/").json()["results"]
    assert newest["counts"] == {"ordered": 1}
    assert before["counts"] == {"grouped": 2, "occluded": 1}


def test_it_is_restored_and_comes_back_with_what_was_deleted(patch, cat, box, image, owner):
    given = box(cat, **STANDING)
    patch(given)
    patch(given | PLAIN)
    Revision.objects.restore(image, 1, owner)
    assert standing(Annotation.objects.get().row) == STANDING
    patch(delete=[given["id"]])
    (deleted,) = told(image, Revision.objects.deleting(image).select_related("author"))
    assert standing(deleted["annotation"]) == STANDING
    Revision.objects.bring_back(image, [given["id"]], owner)
    assert standing(Annotation.objects.get().row) == STANDING


def test_revisions_from_before_are_read_with_what_is_plain(patch, cat, box, image, owner):
    given = box(cat)
    patch(given)
    patch(given | {"geometry": {"box": [5, 5, 20, 20]}})
    patch(given | STANDING, delete=[])
    for revision in Revision.objects.filter(number__lt=3):
        old = [
            [{name: value for name, value in row.items() if name not in PLAIN} for row in rows]
            for rows in (revision.upsert, revision.before)
        ]
        Revision.objects.filter(pk=revision.pk).update(upsert=old[0], before=old[1])
    (row,) = Revision.objects.image_at(image, 1).annotations
    assert standing(row) == PLAIN
    Revision.objects.restore(image, 2, owner)
    assert standing(Annotation.objects.get().row) == PLAIN
    assert standing(Revision.objects.get(number=1).change["upsert"][0]) == PLAIN
