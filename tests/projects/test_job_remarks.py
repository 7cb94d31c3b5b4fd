"""What the list of long work says where a row's status alone would mislead."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from labelapp.exchange.models import Import
from labelapp.images.models import Image
from labelapp.projects.models import JobStatus


@pytest.fixture
def jobs(as_, owner, project):
    def read(**filters):
        return as_(owner).get(f"/api/projects/{project.pk}/jobs/", filters).json()["results"]

    return read


@pytest.fixture
def image(project, owner, picture):
    return Image.objects.add(project, owner, "a.png", ContentFile(picture()))


@pytest.fixture
def imported(project, owner):
    def run(content: str, **choices) -> Import:
        job = Import.objects.start(project, owner, SimpleUploadedFile("a.csv", content.encode()), **choices)
        job.perform()
        job.refresh_from_db()
        assert job.status == JobStatus.COMPLETED
        return job

    return run


ERRORS = "filename,class\nmissing.png,cat\nmissing too.png,cat\n"


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_that_errors_kept_from_changing_anything_is_listed_as_failed(jobs, imported, dry_run):
    row = imported(ERRORS, dry_run=dry_run)
    (job,) = jobs(state="failed")
    assert job["remark"] == {"tone": "danger", "text": "Has errors"}
    assert job["error"].startswith("2 errors in the file: nothing was changed.")
    assert job["address"].endswith(f"/exchange/#import-{row.pk}")
    assert jobs(state="ended") == [job]


def test_a_dry_run_waits_for_a_person_until_it_is_applied(jobs, imported, image):
    row = imported(f"filename,class\n{image.name},cat\n")
    (job,) = jobs()
    assert (job["remark"], job["summary"], job["error"]) == (
        {"tone": "warning", "text": "Waits for you: Apply"}, "1 image would change", "",
    )  # fmt: skip
    assert jobs(state="failed") == []
    row.apply()
    row.perform()
    (job,) = jobs()
    assert (job["remark"], job["summary"]) == (None, "1 image was changed")


def test_a_dry_run_of_what_is_there_already_waits_for_nobody(jobs, imported, image):
    row = imported(f"filename,class\n{image.name},cat\n")
    row.apply()
    row.perform()
    imported(f"filename,class\n{image.name},cat\n")
    assert jobs()[0]["remark"] == {"tone": "muted", "text": "Nothing would change"}
