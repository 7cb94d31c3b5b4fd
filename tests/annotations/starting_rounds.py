"""Rounds of three images, started as the page starts them."""

import pytest


@pytest.fixture
def images(free_project, add_image):
    return [add_image(f"{number}.png") for number in range(3)]


@pytest.fixture
def start(as_, reviewer, project, images):
    """A round of all images, as the API answers it."""

    def post(*people, by=None, **more) -> dict:
        body = {"filters": {}, "people": [each.pk for each in people], **more}
        answer = as_(by or reviewer).post(f"/api/projects/{project.pk}/rounds/", body, format="json")
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return post


@pytest.fixture
def queue(as_, project):
    def get(person, round, **more) -> list[dict]:
        answer = as_(person).get(f"/api/projects/{project.pk}/queue/", {"round": round["id"], **more})
        assert answer.status_code == 200, answer.json()
        return answer.json()["results"]

    return get
