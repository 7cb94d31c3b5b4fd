"""A file with errors: what has none can be applied, and nothing is removed by it."""

import pytest

from labelapp.annotations.models import Annotation
from labelapp.projects.errors import Conflict
from labelapp.projects.models import Project

pytestmark = pytest.mark.django_db

HEAD = "filename,width,height,class,xmin,ymin,xmax,ymax\n"
GOOD, FLAT = "a.png,32,24,cat,1,2,10,12\n", "a.png,32,24,cat,5,5,5,9\n"


@pytest.fixture
def boxes(owner, add_image):
    project = Project.objects.start(owner, name="Boxes", kind="detection")
    add_image("a.png", to=project)
    return project


def test_rows_without_errors_are_applied_when_somebody_says_so(boxes, dry_run, as_, owner):
    job = dry_run(boxes, HEAD + GOOD + FLAT)
    assert not job.applicable
    told = as_(owner).get(f"/api/imports/{job.pk}/").json()
    assert (told["applicable"], told["partly_applicable"], told["report"]["error_count"]) == (False, True, 1)
    apply = f"/api/imports/{job.pk}/apply/"
    assert as_(owner).post(apply).status_code == 409
    assert as_(owner).post(apply, {"leave_out_errors": "perhaps"}, format="json").status_code == 400
    assert as_(owner).post(apply, {"leave_out_errors": True}, format="json").status_code == 202
    job.refresh_from_db()
    job.perform()
    assert [each.geometry["box"] for each in Annotation.objects.all()] == [[1, 2, 9, 10]]
    assert job.applied_at
    assert not job.has_errors
    assert as_(owner).post(apply, {"leave_out_errors": True}, format="json").status_code == 409


def test_a_script_may_say_so_at_once(boxes, dry_run):
    assert dry_run(boxes, HEAD + GOOD + FLAT, dry_run=False, leave_out_errors=True).applied_at
    assert Annotation.objects.count() == 1


def test_nothing_is_removed_because_its_row_has_an_error(boxes, dry_run, apply):
    apply(dry_run(boxes, HEAD + GOOD))
    job = dry_run(boxes, HEAD + GOOD.replace(",1,2,", ",2,2,") + GOOD.replace(",1,2,", ",99,2,"), replace=True)
    assert job.findings["annotations"]["removed"] == 1
    assert not job.partly_applicable
    with pytest.raises(Conflict):
        job.apply(leave_out_errors=True)
    dry_run(boxes, HEAD + FLAT, replace=True, dry_run=False, leave_out_errors=True)
    assert Annotation.objects.count() == 1


def test_an_image_whose_rows_contradict_each_other_stays_as_it_is(project, add_image, dry_run):
    add_image("a.png"), add_image("b.png")
    job = dry_run(project, "filename,class\na.png,cat\na.png,dog\nb.png,cat\n")
    assert (job.findings["error_count"], job.findings["annotations"]["added"]) == (1, 1)
    job.apply(leave_out_errors=True)
    job.perform()
    assert [each.image.name for each in Annotation.objects.all()] == ["b.png"]


def test_a_file_that_was_not_read_to_its_end_is_not_applied(boxes, dry_run):
    job = dry_run(boxes, HEAD + GOOD + 'a.png,32,24,"cat,1,2,3,4\n')
    assert job.findings["error_count"]
    assert not job.partly_applicable
