"""Several writers at the same moment, each a process of its own connection, on the real database file."""

import uuid

import pytest
from django.db import connection

from labelapp.annotations.models import Annotation, Revision
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def file_of_a_database():
    if connection.vendor == "sqlite":
        assert not connection.is_in_memory_db(), "threads would not share it"


def test_of_many_on_one_base_one_wins_and_the_others_see_its_change(image, owner, cat, tag):
    def change():
        return Revision.objects.apply(image, owner, key=uuid.uuid4(), base_revision=0, upsert=[tag(cat)])

    results = at_once([change] * 8)
    conflicts = [each for each in results if isinstance(each, Conflict)]
    assert len(conflicts) == 7, results
    assert all(len(each.extra["changes"]) == 1 for each in conflicts)
    assert (Annotation.objects.count(), Revision.objects.count(), Image.objects.get().revision) == (1, 1, 1)


def test_one_change_set_sent_many_times_at_once_is_done_once(image, owner, cat, tag):
    key, given = uuid.uuid4(), tag(cat)

    def change():
        return Revision.objects.apply(image, owner, key=key, base_revision=0, upsert=[given])

    results = at_once([change] * 8)
    assert all(each == results[0] for each in results), results
    assert Revision.objects.count() == 1


def test_changes_without_a_base_all_come_in_one_after_the_other(free_project, image, owner, cat, box):
    def change():
        return Revision.objects.apply(image, owner, key=uuid.uuid4(), upsert=[box(cat)])

    results = at_once([change] * 8)
    assert sorted(each.revision for each in results) == list(range(1, 9)), results
    assert Annotation.objects.count() == 8


def test_a_bulk_change_and_a_single_one_do_not_lose_each_other(project, image, owner, cat, dog, save, tag):
    def bulk():
        return Revision.objects.tag_images(project, owner, [(image, cat)])

    def single():
        return Revision.objects.apply(image, owner, key=uuid.uuid4(), status="labelled")

    results = at_once([bulk, single] * 4)
    assert not [each for each in results if isinstance(each, Exception)], results
    assert Annotation.objects.count() == 1
    assert list(Revision.objects.values_list("number", flat=True)) == list(range(1, Image.objects.get().revision + 1))
