import pytest

pytestmark = pytest.mark.django_db


def test_members_see_the_page_and_only_those_who_may_label_can_drop_a_file(project, owner, viewer, stranger, as_):
    url = f"/projects/{project.pk}/exchange/"
    assert b"data-import=" in as_(owner).get(url).content
    assert b"data-import=" not in as_(viewer).get(url).content
    assert as_(stranger).get(url).status_code == 404
    assert as_(None).get(url).status_code == 302


def test_the_list_of_imports_holds_only_the_first_errors(project, owner, as_, dry_run):
    job = dry_run(project, "filename,class\n" + "nowhere.png,cat\n" * 30)
    listed = as_(owner).get(f"/api/projects/{project.pk}/imports/").json()["results"][0]
    assert (len(listed["report"]["errors"]), listed["report"]["error_count"]) == (20, 30)
    assert len(as_(owner).get(f"/api/imports/{job.pk}/").json()["report"]["errors"]) == 30
