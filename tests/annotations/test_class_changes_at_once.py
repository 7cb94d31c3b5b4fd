"""One person labels with a class while another merges or deletes it: nothing is lost, and each is told."""

import threading
import uuid

import pytest
from django.db import connection, connections, transaction
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes import rewriting
from labelapp.annotations.class_changes.carrying import change_attributes, read_edit
from labelapp.annotations.class_changes.deletion import start_deletion
from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.models import Annotation, Revision
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict
from labelapp.projects.models import AuditEntry, LabelClass
from labelapp.projects.models.class_undo import undo
from labelapp.versions.models import Version
from tests.at_once import at_once, during

pytestmark = pytest.mark.django_db(transaction=True)
IMAGES = 60


@pytest.fixture
def images(add_image, monkeypatch):
    monkeypatch.setattr(rewriting, "IMAGES_AT_ONCE", 5)
    return [add_image(f"{number}.png") for number in range(IMAGES)]


def labelling(images, author, label_class, saved: list, refused: list):
    """Give each image the class, one after the other, as a person's page does; what was answered is noted."""

    def label():
        for image in images:
            row = {"id": str(uuid.uuid4()), "class": label_class.pk, "shape": "tag", "geometry": {}}
            try:
                Revision.objects.apply(image, author, key=uuid.uuid4(), upsert=[row], status="labelled")
            except ValidationError as error:
                refused.append(str(error))
            else:
                saved.append(row["id"])

    return label


@pytest.fixture
def race(images, annotator):
    """Run a change of classes while two people label with the class; answers (saved, refused)."""

    def run(label_class, start):
        saved: list[str] = []
        refused: list[str] = []
        begun = threading.Event()

        def change():
            begun.wait(20)
            made = start()
            made.perform()
            return made

        def label(part):
            verb = labelling(part, annotator, label_class, saved, refused)

            def both():
                begun.set()
                verb()

            return both

        *labelled, made = at_once([label(images[: IMAGES // 2]), label(images[IMAGES // 2 :]), change])
        assert not any(isinstance(each, Exception) for each in (*labelled, made)), (labelled, made)
        made.refresh_from_db()
        assert made.status == "completed", made.error
        return made, saved, refused

    return run


def histories_are_whole():
    for image in Image.objects.all():
        numbers = list(image.revisions.values_list("number", flat=True))
        assert numbers == list(range(1, image.revision + 1))


def test_every_label_that_was_saved_is_there_under_the_other_class(project, owner, cat, dog, race):
    _made, saved, refused = race(cat, lambda: start_merge(owner, cat, dog))
    assert {str(pk) for pk in Annotation.objects.filter(label_class=dog).values_list("pk", flat=True)} == set(saved)
    assert len(saved) + len(refused) == IMAGES
    assert all("owner has merged the class “cat” into “dog”" in each for each in refused)
    assert not LabelClass.objects.filter(pk=cat.pk).exists()
    histories_are_whole()


def test_every_label_that_was_saved_before_a_deletion_comes_back_with_its_undo(project, owner, cat, race):
    made, saved, refused = race(cat, lambda: start_deletion(owner, cat))
    assert not Annotation.objects.exists()
    assert all("owner has deleted the class “cat”" in each for each in refused)
    undo(made, owner).perform()
    assert {str(pk) for pk in Annotation.objects.values_list("pk", flat=True)} == set(saved)
    histories_are_whole()


def test_two_changes_at_once_do_not_mix(project, owner, images, cat, dog):
    results = at_once([lambda: start_merge(owner, cat, dog), lambda: start_deletion(owner, cat)] * 3)
    assert len([each for each in results if isinstance(each, Conflict)]) == 5, results
    connections.close_all()


def test_an_undo_that_is_asked_for_many_times_at_once_is_made_once(project, owner, cat):
    change = cat.change(owner, name="lion")
    results = at_once([lambda: undo(change, owner)] * 6)
    assert len([each for each in results if isinstance(each, Conflict)]) == 5, results
    assert LabelClass.objects.get().name == "cat"


CHANGES = {
    "merging": lambda owner, cat, dog: start_merge(owner, dog, cat),
    "deleting": lambda owner, cat, dog: start_deletion(owner, cat),
    "changing": lambda owner, cat, dog: cat.change(owner, color="#000000"),
    "attributes": lambda owner, cat, dog: change_attributes(owner, cat, read_edit(cat, [{"name": "age"}])),
    "ordering": lambda owner, cat, dog: LabelClass.objects.reorder(cat.project, [dog.pk, cat.pk], owner),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whoever_has_the_project_and_wants_a_class_never_waits_for_one_who_has_them_the_other_way(
    project, owner, cat, dog, change
):
    def take():
        LabelClass.objects.filter(pk=cat.pk).update(shapes=["tag"])

    during(project.lock, lambda: change(owner, cat, dog), then=take)
    assert LabelClass.objects.get(pk=cat.pk).shapes == ["tag"]


def test_while_images_are_taken_in_others_can_write_what_belongs_to_the_project(project, owner):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    begun, written = threading.Event(), threading.Event()

    def take_in():
        with transaction.atomic():
            project.lock()
            begun.set()
            return written.wait(10)

    def write():
        begun.wait(20)
        AuditEntry.objects.note(owner, "project.changed", project, project)
        written.set()

    assert at_once([take_in, write]) == [True, None]


def test_a_class_that_went_while_a_merge_was_asked_for_is_told(project, owner, cat, dog):
    def delete():
        LabelClass.objects.filter(pk=dog.pk).delete()

    with pytest.raises(Conflict, match="not there any more"):
        during(project.lock, lambda: start_merge(owner, cat, dog), then=delete)


def test_a_merge_knows_its_classes_as_they_are_when_it_begins(project, owner, cat, dog):
    def rename():
        LabelClass.objects.filter(pk=cat.pk).update(name="lion")

    change = during(project.lock, lambda: start_merge(owner, cat, dog), then=rename)
    assert change.before[str(cat.pk)]["name"] == "lion"


def test_of_two_that_are_tried_again_at_once_one_is_refused(project, owner, image, cat, dog, give):
    give(image, cat)
    first = start_merge(owner, cat, dog)
    first.cancel()
    second = start_deletion(owner, cat)
    second.cancel()
    results = at_once([first.retry, second.retry] * 3)
    assert sum(each is True for each in results) == 1, results


def test_nothing_is_tried_again_while_a_version_is_being_frozen_and_no_freeze_meanwhile(project, owner, cat, dog):
    change = start_merge(owner, cat, dog)
    change.cancel()
    version = Version.objects.freeze(project, owner)
    with pytest.raises(Conflict, match="being frozen"):
        change.retry()
    version.cancel()
    change.retry()
    with pytest.raises(Conflict, match="being changed"):
        version.retry()
