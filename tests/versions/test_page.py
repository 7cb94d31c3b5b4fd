import pytest

pytestmark = pytest.mark.django_db


def test_members_see_the_list_and_only_those_who_may_label_can_freeze(project, owner, viewer, stranger, as_):
    url = f"/projects/{project.pk}/versions/"
    assert b"data-freeze-dialog" in as_(owner).get(url).content
    assert b"data-freeze-dialog" not in as_(viewer).get(url).content
    assert as_(stranger).get(url).status_code == 404
    assert as_(None).get(url).status_code == 302


def test_the_page_of_a_version_offers_to_train_on_it(project, owner, viewer, as_, labelled, freeze):
    labelled(project, ["cat"] * 3)
    version = freeze(project, owner)
    link = f"/projects/{project.pk}/runs/new/?version={version.pk}".encode()
    assert link in as_(owner).get(f"/versions/{version.pk}/").content
    assert link not in as_(viewer).get(f"/versions/{version.pk}/").content


def test_the_front_page_of_the_project_says_what_was_frozen(project, owner, as_, labelled, freeze):
    labelled(project, ["cat"] * 3)
    freeze(project, owner)
    assert b"Freezing version 1" in as_(owner).get(f"/projects/{project.pk}/").content
