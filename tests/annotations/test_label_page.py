import json
import re

import pytest


def options(answer) -> dict:
    return json.loads(re.search(r'id="label-options"[^>]*>(.*?)</script>', answer.content.decode(), re.DOTALL)[1])


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("viewer", {"label": False, "review": False, "manage": False}),
        ("annotator", {"label": True, "review": False, "manage": False}),
        ("reviewer", {"label": True, "review": True, "manage": False}),
        ("owner", {"label": True, "review": True, "manage": True}),
    ],
)
def test_the_page_offers_what_the_person_may_do(client, request, project, cat, role, may):
    client.force_login(request.getfixturevalue(role))
    answer = client.get(f"/projects/{project.pk}/label/")
    assert answer.status_code == 200
    assert options(answer)["may"] == may
    assert [each["name"] for each in options(answer)["classes"]] == ["cat"]
    assert (b'data-verb="approve"' in answer.content) == may["review"]
    assert (b'data-verb="undo"' in answer.content) == may["label"]
    assert (b"data-new-class" in answer.content) == may["manage"]


def test_what_an_address_asks_for_is_fetched_before_the_pages_code(client, owner, project):
    client.force_login(owner)
    page = client.get(f"/projects/{project.pk}/label/?status=new&image=7&order=id").content.decode()
    for address in ("/api/images/7/annotations/", "/api/images/7/display/"):
        assert f'<link rel="preload" href="{address}"' in page
    queue = f"/api/projects/{project.pk}/queue/?status=new&amp;order=id&amp;image=7&amp;before=30&amp;after=60"
    assert f'<link rel="preload" href="{queue}"' in page


@pytest.mark.parametrize("query", ["", "?image=x", "?image=7&order=random"])
def test_what_the_address_does_not_say_is_not_guessed(client, owner, project, query):
    client.force_login(owner)
    answer = client.get(f"/projects/{project.pk}/label/{query}")
    assert options(answer)["ahead"] == {}
    assert b'as="fetch"' not in answer.content


def test_strangers_and_nobody_do_not_see_it(client, project, stranger):
    assert client.get(f"/projects/{project.pk}/label/").status_code == 302
    client.force_login(stranger)
    assert client.get(f"/projects/{project.pk}/label/").status_code == 404
