import uuid

import pytest

from labelapp.annotations.models import Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(as_, viewer, image):
    def get() -> tuple:
        row = as_(viewer).get(f"/api/images/{image.pk}/").json()
        assert (row["labelled_by"] is None) == (row["labelled_at"] is None)
        assert (row["reviewed_by"] is None) == (row["reviewed_at"] is None)
        return row["labelled_by"], row["reviewed_by"]

    return get


def test_an_image_tells_who_labelled_and_who_reviewed_it(image, save, annotator, reviewer, told):
    assert told() == (None, None)
    save(image, by=annotator, status="labelled")
    assert told() == ("annotator", None)
    save(image, by=reviewer, status="sent_back", comment="No.")
    assert told() == ("annotator", "reviewer")
    save(image, by=reviewer, status="labelled")
    save(image, by=reviewer, status="approved")
    assert told() == ("reviewer", "reviewer")


def test_whose_labelling_is_taken_back_has_not_labelled_it(image, save, annotator, reviewer, told):
    save(image, by=annotator, status="labelled")
    save(image, by=reviewer, status="approved")
    Revision.objects.restore(image, 0, annotator)
    assert told() == (None, "reviewer")


def test_changes_of_many_images_count_too(free_project, image, cat, annotator, told):
    done = Revision.objects.tag_images(free_project, annotator, [(image, cat)])
    assert told() == ("annotator", None)
    Revision.objects.undo_bulk(free_project, done.key, annotator)
    assert told() == (None, None)


def test_a_verdict_that_is_given_again_is_the_last_one(image, save, owner, reviewer, told):
    save(image, by=reviewer, status="approved")
    Revision.objects.apply(image, owner, key=uuid.uuid4(), status="approved", comment="Seen twice.")
    assert told() == ("reviewer", "owner")


def test_people_are_filters_with_counts(as_, viewer, project, add_image, save, annotator, reviewer):
    first, second, third = (add_image(f"{name}.png") for name in "abc")
    save(first, by=annotator, status="labelled")
    save(second, by=annotator, status="labelled")
    save(second, by=reviewer, status="approved")

    def get(**query):
        return as_(viewer).get(f"/api/projects/{project.pk}/images/", query | {"ordering": "id"})

    assert [row["id"] for row in get(labelled_by=annotator.pk).json()["results"]] == [first.pk, second.pk]
    assert [row["id"] for row in get(labelled_by="none").json()["results"]] == [third.pk]
    assert [row["id"] for row in get(reviewed_by=reviewer.pk).json()["results"]] == [second.pk]
    assert get(labelled_by=[annotator.pk, "none"]).json()["total"] == 3
    counts = as_(viewer).get(f"/api/projects/{project.pk}/images/counts/", {"reviewed_by": reviewer.pk}).json()
    assert counts["labelled_by"] == {str(annotator.pk): 1}
    assert counts["reviewed_by"] == {str(reviewer.pk): 1, "none": 2}
    assert get(labelled_by="somebody").status_code == 400
