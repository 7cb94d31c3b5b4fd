"""Who is at an image, and what others save: as events for the labelling pages of the project."""

import asyncio
import json
import uuid

import pytest

from labelapp.annotations import labelling_stream, live
from labelapp.annotations.models import Revision

TAB = uuid.uuid4()


@pytest.fixture
def told(redis_url, settings, free_project):
    """What a page that is opened now is told of the last seconds."""
    settings.REDIS_URL = redis_url
    labelling_stream.client.cache_clear()
    labelling_stream.client().delete(labelling_stream.key_of(free_project.pk))

    async def look() -> bool:
        return True

    async def first(count: int) -> list[tuple[str, dict]]:
        events, found = live.stream(free_project.pk, "", look), []
        async for text in events:
            if text.startswith("id: "):
                _id, name, data = text.strip().split("\n")
                found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
            if len(found) == count:
                break
        await events.aclose()
        return found

    yield lambda count: asyncio.run(asyncio.wait_for(first(count), 20))
    labelling_stream.client.cache_clear()


@pytest.fixture
def call(as_, viewer, image):
    def ask(method: str, tab=TAB, by=None):
        return getattr(as_(by or viewer), method)(f"/api/images/{image.pk}/presence/{tab}/")

    return ask


def test_who_comes_and_goes_is_told(told, call, viewer, image):
    assert call("put").status_code == 204
    assert call("delete").status_code == 204
    who = {"user": viewer.pk, "name": "viewer", "tab": str(TAB), "image": image.pk}
    assert told(2) == [("here", who), ("gone", who)]


def test_what_is_saved_is_told_once_it_is_committed(
    told, free_project, image, add_image, owner, save, box, cat, django_capture_on_commit_callbacks
):
    other = add_image("b.png")
    with django_capture_on_commit_callbacks(execute=True):
        save(image, box(cat))
        Revision.objects.tag_images(free_project, owner, [(other, cat)])
    one, many = told(2)
    assert one == ("saved", {"author": owner.pk, "images": [[image.pk, 1, "in_progress"]]})
    assert [each[:2] for each in many[1]["images"]] == [[other.pk, 1]]


def test_nothing_is_refused_where_redis_is_away(settings, call):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    labelling_stream.client.cache_clear()
    assert call("put").status_code == 204
    labelling_stream.client.cache_clear()


def test_only_who_may_see_the_image_says_to_be_there(free_project, call, stranger, owner, as_, image):
    assert call("put", by=stranger).status_code == 404
    assert call("post", by=owner).status_code == 405
    assert call("put", tab="x", by=owner).status_code == 404
    assert as_(None).put(f"/api/images/{image.pk}/presence/{TAB}/").status_code == 401


def test_events_are_only_for_members_and_only_read(free_project, as_, stranger, owner):
    address = f"/api/projects/{free_project.pk}/labelling/events/"
    assert as_(None).get(address).status_code == 401
    assert as_(owner).post(address).status_code == 405
