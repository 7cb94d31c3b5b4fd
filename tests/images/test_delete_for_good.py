"""Deleting for good, while others restore, send again, or look on."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone

from labelapp.images import deletion, originals, preparation
from labelapp.images.models import Image, Leftover
from labelapp.images.rendering import THUMBNAIL
from labelapp.lib import stored
from labelapp.projects.models import AuditEntry
from tests.at_once import at_once


def aged(name: str, days: float = 1) -> None:
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(default_storage.path(name), (moment, moment))


def test_an_image_that_is_restored_meanwhile_stays(one_by_one, in_trash):
    first, second, third = in_trash

    def restored(images):
        Image.objects.filter(pk=second.pk).restore()

    assert deletion.delete_for_good(Image.objects.trashed(), restored) == 2
    assert Image.objects.get() == second
    assert set(Leftover.objects.values_list("sha256", flat=True)) == {first.sha256, third.sha256}


def test_an_image_that_is_trashed_anew_meanwhile_has_its_days(one_by_one, in_trash, owner):
    first, second, third = in_trash
    Image.objects.update(trashed_at=timezone.now() - timedelta(days=31))

    def trashed_again(images):
        Image.objects.exclude(pk=first.pk).restore()
        Image.objects.filter(pk=second.pk).move_to_trash(owner)

    assert deletion.delete_for_good(Image.objects.expired(), trashed_again) == 1
    assert set(Image.objects.all()) == {second, third}


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_sent_again_meanwhile_is_there_when_it_was_said_to_be(project, owner, picture):
    content = picture()
    for _ in range(15):
        Image.objects.add(project, owner, "a.png", ContentFile(content))
        Image.objects.move_to_trash(owner)
        outcome, _count = at_once(
            [
                lambda: Image.objects.add(project, owner, "a.png", ContentFile(content)),
                lambda: deletion.delete_for_good(Image.objects.trashed()),
            ]
        )
        assert Image.objects.kept().filter(pk=outcome.id).exists()


def test_what_the_beat_task_deletes_is_one_line_of_the_log_and_right_when_it_is_broken_off(
    one_by_one, in_trash, project, monkeypatch
):
    Image.objects.update(trashed_at=timezone.now() - timedelta(days=31))
    left = iter([False, False, True])

    def killed(images):
        if next(left):
            raise SystemExit
        return QuerySet.delete(images)

    monkeypatch.setattr(type(Image.objects.none()), "delete", killed)
    with pytest.raises(SystemExit):
        deletion.empty_trash()
    assert Image.objects.count() == 1
    assert AuditEntry.objects.get(verb="image.expired").detail == {"images": 2}


def test_contents_are_swept_by_beat_whatever_became_of_the_broker(in_trash, monkeypatch):
    gone, shown, sent = in_trash
    Image.objects.filter(pk=shown.pk).restore()
    preparation.make(gone.sha256)
    Image.objects.trashed().discard()
    for each in in_trash:
        aged(each.original)
    deletion.sweep()
    assert default_storage.exists(gone.original), "it is not due yet"
    originals.keep(ContentFile(default_storage.open(sent.original).read()))
    Leftover.objects.note([shown.sha256])
    Leftover.objects.update(due_at=timezone.now())
    deletion.sweep()
    assert not default_storage.exists(gone.original)
    assert not default_storage.exists(preparation.path_of(gone.sha256, THUMBNAIL))
    assert default_storage.exists(shown.original)
    assert default_storage.exists(sent.original), "somebody has sent it just now"
    assert Leftover.objects.get().sha256 == sent.sha256
    assert Leftover.objects.get().due_at > timezone.now()


def test_a_row_that_comes_while_the_sweep_goes_on_keeps_its_file(in_trash, project, owner, monkeypatch, picture):
    gone, later, *_rest = in_trash
    Image.objects.filter(pk__in=[gone.pk, later.pk]).discard()
    for each in (gone, later):
        aged(each.original)
    looked = deletion.unneeded

    def and_then_a_row(hashes):
        found = looked(hashes)
        Image.objects.filter(project=project).update(sha256=later.sha256)
        return found

    monkeypatch.setattr(deletion, "unneeded", and_then_a_row)
    deletion.sweep_files([gone.sha256, later.sha256])
    assert not default_storage.exists(gone.original)
    assert default_storage.exists(later.original)


def test_a_content_that_is_kept_in_the_moment_of_its_sweep_is_there_afterwards():
    content = b"pixels" * 100
    sha256, _size = originals.keep(ContentFile(content))
    path = originals.path_of(sha256)
    for _ in range(300):
        originals.keep(ContentFile(content))
        aged(path)
        before = timezone.now() - timedelta(seconds=600)
        done = at_once(
            [lambda: originals.keep(ContentFile(content)), lambda before=before: stored.discard_old(path, before)]
        )
        assert not [each for each in done if isinstance(each, Exception)]
        assert default_storage.size(path) == len(content)


def test_what_has_been_kept_lately_is_not_discarded():
    sha256, _size = originals.keep(ContentFile(b"pixels"))
    path, before = originals.path_of(sha256), timezone.now() - timedelta(seconds=600)
    assert not stored.discard_old(path, before)
    aged(path)
    assert stored.discard_old(path, before)
    assert stored.discard_old(path, before), "twice is as good"
    assert not default_storage.exists(path)
