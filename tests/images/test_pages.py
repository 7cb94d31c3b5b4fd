import pytest


@pytest.mark.parametrize("page", ["images/", "images/add/"])
def test_members_see_the_page(as_, annotator, project, page):
    response = as_(annotator).get(f"/projects/{project.pk}/{page}")
    assert response.status_code == 200
    assert project.name in response.content.decode()


@pytest.mark.parametrize("page", ["images/", "images/add/"])
def test_strangers_find_no_page_and_nobody_has_to_sign_in(as_, stranger, project, page):
    url = f"/projects/{project.pk}/{page}"
    assert as_(stranger).get(url).status_code == 404
    assert as_(None).get(url).status_code == 302


def test_a_viewer_is_not_offered_what_they_may_not_do(as_, viewer, annotator, project):
    link = f'href="/projects/{project.pk}/images/add/"'
    assert link in as_(annotator).get(f"/projects/{project.pk}/images/").content.decode()
    assert link not in as_(viewer).get(f"/projects/{project.pk}/images/").content.decode()
    assert as_(viewer).get(f"/projects/{project.pk}/images/add/").status_code == 403
