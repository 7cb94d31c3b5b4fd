"""Answers out of memory are those of the database, whatever happens to the images and whoever does it."""

import random
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import signals
from django.utils import timezone

from labelapp.annotations.queue import Queue
from labelapp.images import touching
from labelapp.images.auditing import differences
from labelapp.images.catalogue.catalogue import Catalogue
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image, Touch
from labelapp.images.shelf import shelf
from labelapp.projects.models import Project
from tests.images.team import Team, make_images

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_shelf():
    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture
def detection(owner):
    return Project.objects.start(owner, name="Street", kind="detection", classes=["car", "person", "sign"])


def test_after_hundreds_of_changes_every_answer_is_that_of_a_full_count(detection, owner):
    team = Team(detection, owner, seed=7)
    for _each in range(4):
        team.add()
    kept = shelf.catalogue(detection.pk)
    for step in range(240):
        team.do_something()
        if step % 4 == 0:
            assert shelf.catalogue(detection.pk) is kept  # never read anew as a whole
            assert differences(detection, kept, team.random, questions=4) == []
    team.take_back()
    assert differences(detection, shelf.catalogue(detection.pk), team.random, questions=60) == []
    assert Catalogue(detection.pk).sync().counts(ImageFilters()) == kept.sync().counts(ImageFilters())


def test_a_wrong_answer_would_be_found(detection, owner, monkeypatch):
    make_images(detection, owner, 9)
    catalogue = shelf.catalogue(detection.pk)
    monkeypatch.setattr(catalogue, "sync", lambda: catalogue)  # it learns of nothing any more
    detection.images.order_by("pk").last().delete()
    assert differences(detection, catalogue, random.Random(1), questions=20)


def test_the_list_of_projects_counts_without_reading_images_again(detection, owner, django_assert_max_num_queries):
    make_images(detection, owner, 5)
    other = Project.objects.start(owner, name="Other", kind="any")
    projects = [detection.pk, other.pk]
    assert shelf.statuses(projects) == {detection.pk: {"new": 5}, other.pk: {}}
    # PostgreSQL counts once more while a transaction is open anywhere, also that of another test's database.
    with django_assert_max_num_queries(1 if connection.vendor == "sqlite" else 3):
        shelf.statuses(projects)
    Image.objects.filter(project=detection).first().delete()
    assert shelf.statuses(projects)[detection.pk] == {"new": 4}
    shelf.catalogue(detection.pk)
    Image.objects.filter(project=detection).update(status="labelled")
    assert shelf.statuses(projects)[detection.pk] == {"labelled": 4}


def test_two_processes_learn_of_each_others_changes(detection, owner):
    images = make_images(detection, owner, 6)
    one, other = Catalogue(detection.pk).sync(), Catalogue(detection.pk).sync()
    Image.objects.filter(pk=images[2].pk).move_to_trash(owner)
    for catalogue in (one, other):
        assert catalogue.sync().counts(ImageFilters())["status"] == {"new": 5}


def test_catalogues_beyond_the_limit_leave_the_shelf(detection, owner, settings):
    settings.CATALOGUE_IMAGES = 8
    other = Project.objects.start(owner, name="Other", kind="any")
    make_images(detection, owner, 6)
    make_images(other, owner, 6)
    first = shelf.catalogue(detection.pk)
    shelf.catalogue(other.pk)
    again = shelf.catalogue(detection.pk)
    assert again is not first
    assert again.counts(ImageFilters())["total"] == 6


def test_a_deleted_project_leaves_no_touches(detection, owner):
    make_images(detection, owner, 3)
    assert Touch.objects.filter(project_id=detection.pk).count() == 3
    detection.erase()
    assert not Touch.objects.filter(project_id=detection.pk).exists()


def test_without_its_triggers_the_site_says_so_and_still_counts_right(detection, owner, caplog):
    images = make_images(detection, owner, 3)
    touching.remove()
    try:
        assert shelf.catalogue(detection.pk).counts(ImageFilters())["total"] == 3
        Image.objects.filter(pk=images[0].pk).move_to_trash(owner)
        assert shelf.catalogue(detection.pk).counts(ImageFilters())["total"] == 2
        assert "Triggers are missing" in caplog.text
        call_command("check_counts", repair=True)
        assert not touching.missing()
    finally:
        touching.install()


def test_a_migration_leaves_the_triggers_in_place(db):
    call_command("migrate", verbosity=0)
    assert not touching.missing()


def test_a_change_that_no_trigger_saw_is_learnt_when_they_are_back(detection, owner):
    images = make_images(detection, owner, 3)
    catalogue = shelf.catalogue(detection.pk)
    touching.remove()
    Image.objects.filter(pk=images[0].pk).move_to_trash(owner)
    touching.install()
    assert shelf.catalogue(detection.pk) is catalogue
    assert catalogue.counts(ImageFilters())["total"] == 2
    assert shelf.statuses([detection.pk])[detection.pk] == {"new": 2}


def test_a_command_that_applies_nothing_leaves_no_moment_without_triggers(detection, monkeypatch):
    monkeypatch.setattr(touching, "remove", lambda: pytest.fail("taken away"))
    signals.pre_migrate.send(apps.get_app_config("images"), plan=[])


def test_the_command_tells_that_all_counts_are_right(detection, owner, capsys):
    make_images(detection, owner, 3)
    call_command("check_counts")
    assert "1 project" in capsys.readouterr().out


def test_moments_that_end_in_whole_seconds_are_read_as_any_other(detection, owner):
    images = make_images(detection, owner, 3)
    whole = timezone.now().replace(microsecond=0)
    Image.objects.filter(pk=images[1].pk).update(updated_at=whole + timedelta(days=1))
    _total, ids = shelf.catalogue(detection.pk).slice(ImageFilters(), "updated", True, 0, 1)
    assert ids == [images[1].pk]


def test_an_image_outside_the_filters_has_its_place_in_the_queue(detection, owner):
    images = make_images(detection, owner, 9)
    Image.objects.filter(pk__in=[images[3].pk, images[4].pk]).update(status="labelled")
    queue = Queue(detection, ImageFilters({"status": "new"}), "id")
    position, found = queue.window(images[4].pk, 2, 2)
    assert [each["id"] for each in found] == [images[at].pk for at in (1, 2, 4, 5, 6)]
    assert (position, queue.total) == (1, 7)
