"""What each person has done in a project, on its page of members."""

import uuid

import pytest
from django.core.files.base import ContentFile

from labelapp.annotations.models import Review, Revision, Verdict
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass


@pytest.fixture
def address(project):
    return f"/api/projects/{project.pk}/members/contributions/"


@pytest.fixture
def images(project, owner, picture):
    for seed in (1, 2, 3):
        Image.objects.add(project, owner, f"{seed}.png", ContentFile(picture(seed)))
    return list(project.images.order_by("pk"))


def label(image, person, label_class):
    tag = {"id": str(uuid.uuid4()), "class": label_class.pk, "shape": "tag", "geometry": {}}
    old = [str(pk) for pk in image.annotations.values_list("pk", flat=True)]
    Revision.objects.apply(image, person, key=uuid.uuid4(), upsert=[tag], delete=old, status="labelled")


def test_each_image_counts_once_for_whoever_labelled_or_reviewed_it(
    as_, address, project, images, annotator, reviewer, viewer
):
    cat = LabelClass.objects.add(project, "cat")
    for image in (images[0], images[0], images[1]):
        label(image, annotator, cat)
    for image in images[:2]:
        Review.objects.give(image, reviewer, Verdict.APPROVED)
    rows = {each["username"]: each for each in as_(viewer).get(address).json()["results"]}
    assert (rows["annotator"]["labelled"], rows["annotator"]["reviewed"]) == (2, 0)
    assert (rows["reviewer"]["labelled"], rows["reviewer"]["reviewed"]) == (0, 2)
    assert rows["annotator"]["last_active"]
    assert rows["viewer"]["last_active"] is None


def test_who_has_left_is_still_named(as_, address, project, images, owner, annotator):
    label(images[0], annotator, LabelClass.objects.add(project, "cat"))
    as_(annotator).delete(f"/api/projects/{project.pk}/members/{annotator.pk}/")
    annotator.change(is_active=False)
    rows = {each["username"]: each for each in as_(owner).get(address).json()["results"]}
    gone = rows["annotator"]
    assert (gone["labelled"], gone["is_member"], gone["is_active"]) == (1, False, False)


def test_work_elsewhere_does_not_count(as_, address, project, images, annotator, person):
    other = type(project).objects.start(person("other"), name="Other")
    assert all(each["labelled"] == 0 for each in as_(annotator).get(address).json()["results"])
    assert as_(annotator).get(f"/api/projects/{other.pk}/members/contributions/").status_code == 404


def test_strangers_nobody_and_other_methods_are_refused(as_, address, owner, stranger):
    assert as_(stranger).get(address).status_code == 404
    assert as_(None).get(address).status_code == 401
    assert as_(owner).post(address).status_code == 405
