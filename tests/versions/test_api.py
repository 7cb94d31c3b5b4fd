import pytest
from django.core.files.storage import default_storage

from labelapp.annotations.models import Annotation
from labelapp.images.models import Image
from labelapp.versions.models import Version
from training.models import Run

pytestmark = pytest.mark.django_db
URL = "/api/projects/{}/versions/"


def test_freezing_answers_202_with_the_row_and_then_shows_counts(project, owner, as_, labelled):
    labelled(project, ["cat"] * 10)
    answer = as_(owner).post(URL.format(project.pk), {"note": "first", "seed": 3}, format="json")
    assert answer.status_code == 202
    body = answer.json()
    assert (body["status"], body["number"], body["progress"], body["error"]) == ("queued", 1, 0.0, "")
    assert body["split"] == {"train": 0.7, "validation": 0.15, "test": 0.15}
    Version.objects.get(pk=body["id"]).perform()
    one = as_(owner).get(f"/api/versions/{body['id']}/").json()
    assert one["status"] == "completed"
    assert len(one["hash"]) == 64
    assert one["counts"]["train"] == 7
    listed = as_(owner).get(URL.format(project.pk)).json()
    assert [each["id"] for each in listed["results"]] == [body["id"]]
    assert "statistics" in one
    assert "statistics" not in listed["results"][0]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"split": {"train": 0.7, "validation": 0.1, "test": 0.1}}, "split"),
        ({"split": {"train": 1.2, "validation": -0.2}}, "split"),
        ({"split": {"train": "nan", "test": 1}}, "split"),
        ({"split": {"learn": 1}}, "split"),
        ({"split": [1]}, "split"),
        ({"seed": -1}, "seed"),
        ({"group_by": "moon"}, "group_by"),
        ({"filters": {"colour": "red"}}, "filters"),
        ({"filters": "all"}, "filters"),
        ({"stratify": "maybe"}, "stratify"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_bad_choices_name_their_field(project, owner, as_, body, field):
    answer = as_(owner).post(URL.format(project.pk), body, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert not Version.objects.exists()


def test_rounded_ratios_are_the_whole(project, owner, as_):
    split = {"train": 0.333, "validation": 0.333, "test": 0.333}
    assert as_(owner).post(URL.format(project.pk), {"split": split}, format="json").status_code == 202


def test_only_members_find_versions_and_viewers_do_not_freeze(project, owner, viewer, annotator, stranger, as_, freeze):
    version = freeze(project, owner)
    for url in (URL.format(project.pk), f"/api/versions/{version.pk}/", f"/versions/{version.pk}/"):
        assert as_(stranger).get(url).status_code == 404
    assert as_(None).get(URL.format(project.pk)).status_code == 401
    assert as_(viewer).get(f"/api/versions/{version.pk}/").status_code == 200
    assert as_(viewer).post(URL.format(project.pk), {}, format="json").status_code == 403
    assert as_(viewer).delete(f"/api/versions/{version.pk}/").status_code == 403
    assert as_(annotator).post(URL.format(project.pk), {}, format="json").status_code == 202
    assert as_(owner).put(f"/api/versions/{version.pk}/", {}, format="json").status_code == 405
    assert as_(owner).get("/api/versions/999/").status_code == 404


def test_only_the_note_can_change(project, owner, as_, labelled, freeze):
    labelled(project, ["cat"] * 5)
    version = freeze(project, owner)
    answer = as_(owner).patch(f"/api/versions/{version.pk}/", {"note": "good one", "seed": 9}, format="json")
    assert answer.json()["note"] == "good one"
    assert Version.objects.get().seed == 0


def test_a_version_is_deleted_with_its_files_unless_a_run_uses_it(
    project, owner, as_, labelled, freeze, django_capture_on_commit_callbacks
):
    labelled(project, ["cat"] * 5)
    used, unused = freeze(project, owner), freeze(project, owner)
    Run.objects.create(project=project, version=used, number=1, created_by=owner)
    answer = as_(owner).delete(f"/api/versions/{used.pk}/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "in_use"
    with django_capture_on_commit_callbacks(execute=True):
        assert as_(owner).delete(f"/api/versions/{unused.pk}/").status_code == 204
    assert default_storage.exists(f"{used.folder}/version.json")
    assert not default_storage.exists(f"{unused.folder}/version.json")


def test_the_difference_to_the_version_before(project, owner, stranger, as_, labelled, freeze):
    labelled(project, ["cat"] * 10)
    first = freeze(project, owner)
    assert as_(owner).get(f"/api/versions/{first.pk}/diff/").status_code == 409
    labelled(project, ["dog"] * 5, first=10)
    gone, changed = Image.objects.order_by("pk")[:2]
    gone.delete()
    Annotation.objects.filter(image=changed).update(label_class=project.classes.get(name="dog"))
    second = freeze(project, owner)
    body = as_(owner).get(f"/api/versions/{second.pk}/diff/").json()
    assert body["against"] == first.pk
    assert body["images"]["added"]["count"] == 5
    assert body["images"]["removed"]["first"][0]["name"] == gone.name
    assert [each["id"] for each in body["images"]["relabelled"]["first"]] == [changed.pk]
    assert sum(body["classes"]["dog"].values()) == 6
    assert sum(body["classes"]["cat"].values()) == -2
    assert as_(owner).get(f"/api/versions/{second.pk}/diff/?against={second.pk}").json()["images"]["unchanged"] == 14
    assert as_(owner).get(f"/api/versions/{second.pk}/diff/?against=999").status_code == 404
    assert as_(owner).get(f"/api/versions/{second.pk}/diff/?against=x").status_code == 400
    assert as_(stranger).get(f"/api/versions/{second.pk}/diff/").status_code == 404


def test_a_queued_version_is_cancelled_and_tried_again(project, owner, as_):
    version = Version.objects.freeze(project, owner)
    assert as_(owner).post(f"/api/versions/{version.pk}/retry/").status_code == 409
    assert as_(owner).post(f"/api/versions/{version.pk}/cancel/").json()["status"] == "cancelled"
    assert as_(owner).post(f"/api/versions/{version.pk}/cancel/").status_code == 409
    assert as_(owner).post(f"/api/versions/{version.pk}/retry/").json()["status"] == "queued"


def test_the_preview_counts_what_would_be_frozen(project, owner, stranger, as_, labelled):
    labelled(project, ["cat"] * 4 + [None] * 3)
    url = f"/api/projects/{project.pk}/versions/preview/"
    assert as_(owner).post(url, {}, format="json").json() == {"images": 4, "annotations": 4}
    assert as_(owner).post(url, {"filters": {"status": ["new"]}}, format="json").json()["images"] == 3
    assert as_(owner).post(url, {"filters": {"x": 1}}, format="json").status_code == 400
    assert as_(stranger).post(url, {}, format="json").status_code == 404
