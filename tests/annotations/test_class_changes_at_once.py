"""One person labels with a class while another merges or deletes it: nothing is lost, and each is told."""

import threading
import uuid

import pytest
from django.db import connections
from rest_framework.exceptions import ValidationError

from labelapp.annotations.class_changes import rewriting
from labelapp.annotations.class_changes.deletion import start_deletion
from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.models import Annotation, Revision
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from labelapp.projects.models.class_undo import undo
from tests.annotations.test_apply_at_once import at_once

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
    from labelapp.projects.errors import Conflict

    results = at_once([lambda: start_merge(owner, cat, dog), lambda: start_deletion(owner, cat)] * 3)
    assert len([each for each in results if isinstance(each, Conflict)]) == 5, results
    connections.close_all()


def test_an_undo_that_is_asked_for_many_times_at_once_is_made_once(project, owner, cat):
    from labelapp.projects.errors import Conflict

    change = cat.change(owner, name="lion")
    results = at_once([lambda: undo(change, owner)] * 6)
    assert len([each for each in results if isinstance(each, Conflict)]) == 5, results
    assert LabelClass.objects.get().name == "cat"
