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


def test_strangers_and_nobody_do_not_see_it(client, project, stranger):
    assert client.get(f"/projects/{project.pk}/label/").status_code == 302
    client.force_login(stranger)
    assert client.get(f"/projects/{project.pk}/label/").status_code == 404
