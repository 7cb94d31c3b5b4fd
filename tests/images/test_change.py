import pytest
from django.core.files.storage import default_storage

from labelapp.images import deletion
from labelapp.images.models import Image
from labelapp.projects import audit
from labelapp.projects.models import AuditEntry


def test_an_image_is_found_by_members_only(as_, viewer, stranger, add):
    image = add()
    assert as_(viewer).get(f"/api/images/{image.pk}/").json()["name"] == "a.png"
    assert as_(stranger).get(f"/api/images/{image.pk}/").status_code == 404
    assert as_(None).get(f"/api/images/{image.pk}/").status_code == 401
    assert as_(viewer).get("/api/images/999/").status_code == 404
    assert as_(viewer).post(f"/api/images/{image.pk}/").status_code == 405


def test_deleting_puts_an_image_in_the_trash(as_, annotator, add):
    image = add()
    assert as_(annotator).delete(f"/api/images/{image.pk}/").status_code == 204
    assert Image.objects.trashed().get() == image


def test_a_viewer_changes_nothing(as_, viewer, project, add):
    image, client = add(), as_(viewer)
    assert client.delete(f"/api/images/{image.pk}/").status_code == 403
    assert client.patch(f"/api/images/{image.pk}/", {"split": "test"}).status_code == 403
    assert client.put(f"/api/images/{image.pk}/trash/").status_code == 403
    body = {"ids": [image.pk], "set": {"split": "test"}}
    assert client.post(f"/api/projects/{project.pk}/images/bulk/", body, format="json").status_code == 403


def test_the_trash_is_a_state_that_may_be_set_twice(as_, annotator, add):
    image, client = add(), as_(annotator)
    for _ in range(2):
        assert client.put(f"/api/images/{image.pk}/trash/").json()["trashed_at"]
    for _ in range(2):
        assert client.delete(f"/api/images/{image.pk}/trash/").json()["trashed_at"] is None


def test_split_and_group_are_set_one_by_one(as_, annotator, add):
    image = add()
    body = {"split": "test", "group": "scene 4"}
    answer = as_(annotator).patch(f"/api/images/{image.pk}/", body, format="json").json()
    assert (answer["split"], answer["group"]) == ("test", "scene 4")
    response = as_(annotator).patch(f"/api/images/{image.pk}/", {"split": "dev"}, format="json")
    assert "split" in response.json()["error"]["fields"]


def test_who_gave_an_image_its_part_or_group_is_written_down_once(as_, annotator, add):
    image, client = add(), as_(annotator)
    for body in ({"split": "test", "group": "scene 4"}, {"split": "test"}, {}):
        assert client.patch(f"/api/images/{image.pk}/", body, format="json").status_code == 200
    entry = AuditEntry.objects.get(verb="image.changed")
    assert (entry.actor, entry.target_id) == (annotator, image.pk)
    assert audit.sentence(entry) == "changed the image a.png: part “test”, group “scene 4”"


def test_the_log_says_so_when_there_is_no_part_or_group(owner, project):
    entry = AuditEntry.objects.note(owner, "image.changed", project, split="", group="")
    assert "part “–”, group “–”" in audit.sentence(entry)


@pytest.fixture
def bulk(as_, project):
    def send(user, **body):
        return as_(user).post(f"/api/projects/{project.pk}/images/bulk/", body, format="json")

    return send


def test_many_are_changed_by_ids_or_by_filters(bulk, annotator, add):
    first, second, _third = add("cat/1.png", 1), add("cat/2.png", 2), add("dog/3.png", 3)
    assert bulk(annotator, ids=[first.pk], set={"split": "test"}).json() == {"changed": 1}
    assert bulk(annotator, filters={"search": "cat"}, set={"split": "train"}).json() == {"changed": 2}
    assert bulk(annotator, filters={}, set={"trashed": True}).json() == {"changed": 3}
    assert bulk(annotator, ids=[first.pk, second.pk], set={"trashed": False}).json() == {"changed": 2}
    assert set(Image.objects.kept().values_list("name", "split")) == {("cat/1.png", "train"), ("cat/2.png", "train")}


def test_all_that_match_may_be_meant_apart_from_some(bulk, annotator, add):
    first, second, third = (add(f"{seed}.png", seed) for seed in range(3))
    body = {"filters": {"status": ["new"]}, "except": [second.pk], "set": {"split": "test"}}
    assert bulk(annotator, **body).json() == {"changed": 2}
    assert set(Image.objects.filter(split="test")) == {first, third}


@pytest.mark.parametrize(
    "body",
    [
        {}, {"ids": [1]}, {"set": {"split": "test"}}, {"ids": [1], "filters": {}, "set": {"split": "test"}},
        {"ids": [], "set": {"split": "test"}}, {"ids": ["x"], "set": {"split": "test"}}, {"ids": [1], "set": {}},
        {"ids": [1], "set": {"split": "dev"}}, {"ids": [1], "set": {"split": "test", "trashed": True}},
        {"filters": {"colour": "red"}, "set": {"split": "test"}}, {"filters": [], "set": {"split": "test"}},
    ],
)  # fmt: skip
def test_a_bulk_change_without_sense_is_refused(bulk, annotator, body):
    assert bulk(annotator, **body).status_code == 400


def test_a_bulk_change_never_reaches_another_project(bulk, annotator, owner, add, project):
    other = type(project).objects.start(owner, name="Other")
    image = add()
    Image.objects.filter(pk=image.pk).update(project=other)
    assert bulk(annotator, ids=[image.pk], set={"trashed": True}).json() == {"changed": 0}


def test_an_owner_deletes_for_good_what_lies_in_the_trash(as_, owner, project, add):
    kept, chosen, other = add("1.png", 1), add("2.png", 2), add("3.png", 3)
    Image.objects.filter(pk__in=[chosen.pk, other.pk]).move_to_trash(owner)
    client, url = as_(owner), f"/api/projects/{project.pk}/trash/"
    assert client.delete(url, {"ids": [chosen.pk, kept.pk]}, format="json").json()["deleted"] == 1
    assert client.delete(url).json()["deleted"] == 1
    assert Image.objects.get() == kept


def test_nothing_is_done_when_others_match_than_were_meant(bulk, annotator, add):
    first, _second = add("1.png", 1), add("2.png", 2)
    for change in ({"split": "test"}, {"trashed": True}):
        answer = bulk(annotator, filters={}, expected=1, set=change)
        assert (answer.status_code, answer.json()["error"]["code"], answer.json()["found"]) == (409, "stale", 2)
    assert Image.objects.kept().filter(split="").count() == 2
    body = {"filters": {}, "except": [first.pk], "expected": 1, "set": {"trashed": True}}
    assert bulk(annotator, **body).json() == {"changed": 1}
    assert bulk(annotator, filters={}, expected=-1, set={"trashed": True}).status_code == 400


def test_what_somebody_trashes_meanwhile_is_not_deleted_for_good(as_, owner, project, add):
    Image.objects.filter(pk__in=[add("1.png", 1).pk, add("2.png", 2).pk]).move_to_trash(owner)
    client, url = as_(owner), f"/api/projects/{project.pk}/trash/"
    answer = client.delete(url, {"filters": {}, "expected": 1}, format="json")
    assert answer.status_code == 409
    assert "2 images match now, not 1" in answer.json()["error"]["message"]
    assert Image.objects.trashed().count() == 2
    assert client.delete(url, {"filters": {}, "expected": 2}, format="json").json()["deleted"] == 2


def test_only_owners_delete_for_good(as_, reviewer, stranger, project):
    assert as_(reviewer).delete(f"/api/projects/{project.pk}/trash/").status_code == 403
    assert as_(stranger).delete(f"/api/projects/{project.pk}/trash/").status_code == 404


def test_files_are_swept_when_no_image_shows_them_and_nobody_has_just_sent_them(owner, project, add, monkeypatch):
    gone, shown = add("1.png", 1), add("2.png", 2)
    Image.objects.filter(pk=gone.pk).move_to_trash(owner)
    Image.objects.trashed().discard()
    deletion.sweep_files([gone.sha256, shown.sha256])
    assert default_storage.exists(gone.original)
    monkeypatch.setattr(deletion, "SECONDS_UNTIL_SWEPT", 0)
    deletion.sweep_files([gone.sha256, shown.sha256])
    assert not default_storage.exists(gone.original)
    assert default_storage.exists(shown.original)
