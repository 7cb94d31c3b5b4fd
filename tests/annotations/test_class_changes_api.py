"""What the API lets whom do to classes as a whole: count first, change, undo."""

import pytest

from labelapp.annotations.class_changes.merge import start_merge
from labelapp.projects.models import ClassChange


def test_the_api_counts_first_and_undoes_once(as_, owner, project, image, cat, dog, give, done):
    give(image, cat)
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/{cat.pk}/"
    usage = client.get(f"{path}usage/?into={dog.pk}").json()
    assert (usage["annotations"], usage["images"], usage["both"]) == (1, 1, 0)
    answer = client.post(f"{path}merge/", {"into": dog.pk}, format="json")
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    change = done(ClassChange.objects.get())
    listed = client.get(f"/api/projects/{project.pk}/class-changes/").json()["results"]
    assert [(each["title"], each["undoable"]) for each in listed] == [("Merging “cat” into “dog”", True)]
    assert client.post(f"/api/class-changes/{change.pk}/undo/").status_code == 202
    done(change.undo)
    assert client.post(f"/api/class-changes/{change.pk}/undo/").status_code == 409
    assert client.get(f"/api/class-changes/{change.pk}/").json()["undone"] is True


@pytest.mark.parametrize("verb", ["merge", "deletion", "split", "split/preview", "attributes/preview"])
def test_only_owners_change_classes(as_, project, annotator, reviewer, viewer, stranger, cat, verb):
    path = f"/api/projects/{project.pk}/classes/{cat.pk}/{verb}/"
    for person, status in [(annotator, 403), (reviewer, 403), (viewer, 403), (stranger, 404), (None, 401)]:
        assert as_(person).post(path, {}, format="json").status_code == status
    assert as_(annotator).get(path).status_code == 405


def test_bad_bodies_are_refused(as_, owner, project, cat):
    client, path = as_(owner), f"/api/projects/{project.pk}/classes/{cat.pk}/"
    for verb, body in [
        ("merge", {}), ("merge", {"into": 10**30}), ("merge", {"into": "x"}), ("split", {"name": ""}),
        ("split", {"name": "new"}), ("split", {"name": "cat"}), ("split", {"name": "n", "filters": {"nope": 1}}),
        ("split", {"name": "n", "attributes": {"nope": 1}}), ("split", {"name": "n", "shapes": ["x"]}),
    ]:  # fmt: skip
        assert client.post(f"{path}{verb}/", body, format="json").status_code == 400, (verb, body)
    assert client.get(f"{path}usage/?into=999").status_code == 400


def test_long_changes_are_in_the_list_of_long_work_and_plain_ones_are_not(as_, owner, annotator, project, cat, dog):
    cat.change(owner, name="lion")
    change = start_merge(owner, cat, dog)
    path = f"/api/projects/{project.pk}/jobs/"
    [job] = as_(owner).get(path).json()["results"]
    assert (job["title"], job["cancel"]) == ("Merging “lion” into “dog”", f"/api/class-changes/{change.pk}/cancel/")
    assert as_(annotator).get(path).json()["results"][0]["cancel"] is None
    assert as_(owner).post(job["cancel"]).status_code == 200
