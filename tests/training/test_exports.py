"""Models in other formats: who may make, see and delete them, and what the site makes of them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from labelapp.projects.models import AuditEntry
from labelapp.projects.space import Space
from training.engine.export import formats
from training.models import Model, ModelExport

COMPARISON = {
    "images": 9, "largest_difference": 1e-6, "agreement": 1.0, "one_per_second": [50.0, 90.0],
    "batch_per_second": [100.0, 250.0], "model_size": 1000,
}  # fmt: skip


@pytest.fixture
def model(run):
    made = Model.objects.create(project=run.project, run=run, name="digits", task="classification")
    default_storage.save(made.stored_file("keras"), ContentFile(b"keras"))
    return made


@pytest.fixture
def path(model):
    return f"/api/models/{model.pk}/exports/"


@pytest.fixture
def finished(model, owner):
    """An export as the worker leaves it."""

    def make(format: str, int8: bool = False, **told) -> ModelExport:
        file = default_storage.save(f"models/{model.run_id}/exports/{format}.zip", ContentFile(b"archive"))
        return ModelExport.objects.create(
            project=model.project, model=model, created_by=owner, format=format, int8=int8, status="completed",
            file=file, size_bytes=7, comparison=COMPARISON | told,
        )  # fmt: skip

    return make


def test_an_export_is_asked_for_once_whoever_asks_again(as_, annotator, owner, path):
    first = as_(annotator).post(path, {"format": "saved_model"}, format="json")
    assert first.status_code == 202
    assert first.json()["status"] == "queued"
    assert first.json()["int8"] is False
    again = as_(owner).post(path, {"format": "saved_model"}, format="json")
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    listed = as_(owner).get(path).json()["results"]
    assert [each["id"] for each in listed] == [first.json()["id"]]
    assert as_(owner).get(f"{path}{first.json()['id']}/").json()["created_by"] == "annotator"
    assert AuditEntry.objects.filter(verb="modelexport.started").count() == 1


def test_one_that_has_failed_is_tried_again(as_, owner, path, model):
    made = ModelExport.objects.start(model, owner, "saved_model", False)
    ModelExport.objects.filter(pk=made.pk).update(status="failed", error="No luck.")
    answer = as_(owner).post(path, {"format": "saved_model"}, format="json").json()
    assert (answer["id"], answer["status"], answer["error"]) == (made.pk, "queued", "")


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "format"), ({"format": "word"}, "format"), ({"format": "saved_model", "int8": True}, "int8"),
     ({"format": "litert", "int8": "maybe"}, "int8")],
)  # fmt: skip
def test_what_cannot_be_made_is_refused_with_the_field_named(as_, owner, path, body, field):
    answer = as_(owner).post(path, body, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]


def test_packages_that_are_not_installed_are_named_with_the_command(as_, owner, path, monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    answer = as_(owner).post(path, {"format": "onnx"}, format="json")
    assert answer.status_code == 400
    assert formats.INSTALL in answer.json()["error"]["fields"]["format"][0]
    page = as_(owner).get(path.replace("/api", "").replace("exports/", "")).content.decode()
    assert formats.INSTALL in page


def test_viewers_see_and_download_and_make_nothing(as_, viewer, path, finished):
    made = finished("onnx")
    client = as_(viewer)
    assert client.get(path).json()["results"][0]["comparison"]["agreement"] == 1.0
    assert client.get(client.get(path).json()["results"][0]["file"]).status_code == 200
    assert client.post(path, {"format": "saved_model"}, format="json").status_code == 403
    assert client.delete(f"{path}{made.pk}/").status_code == 403


def test_strangers_find_nothing_and_nobody_is_told_to_sign_in(as_, stranger, path, finished):
    made = finished("onnx")
    for address in (path, f"{path}{made.pk}/", path.replace("exports", "files") + "onnx/"):
        assert as_(stranger).get(address).status_code == 404
        assert as_(None).get(address).status_code == 401


def test_an_export_of_another_model_is_not_found_here(as_, owner, path, finished, start, bare_version):
    other = Model.objects.create(project=bare_version.project, run=start(bare_version), name="x", task="classification")
    made = finished("onnx")
    assert as_(owner).get(f"/api/models/{other.pk}/exports/{made.pk}/").status_code == 404
    assert as_(owner).put(path, {}).status_code == 405


def test_a_download_goes_by_the_format_and_lists_only_what_is_there(as_, owner, model, path, finished):
    finished("onnx")
    ModelExport.objects.start(model, owner, "saved_model", False)
    client = as_(owner)
    files = client.get(f"/api/models/{model.pk}/").json()["files"]
    assert set(files) == {"keras", "onnx"}
    answer = client.get(files["onnx"])
    assert answer["Content-Length"] == str(len(b"archive"))
    assert "digits-onnx.zip" in answer["Content-Disposition"]
    assert client.get(path.replace("exports", "files") + "saved_model/").status_code == 404


def test_cancelling_and_deleting(as_, owner, model, path, finished, django_capture_on_commit_callbacks):
    waiting = ModelExport.objects.start(model, owner, "saved_model", False)
    assert as_(owner).post(f"{path}{waiting.pk}/cancel/").json()["status"] == "cancelled"
    assert as_(owner).post(f"{path}{waiting.pk}/cancel/").status_code == 409
    assert as_(owner).post(f"{path}{waiting.pk}/retry/").json()["status"] == "queued"
    made = finished("onnx")
    with django_capture_on_commit_callbacks(execute=True):
        assert as_(owner).delete(f"{path}{made.pk}/").status_code == 204
    assert not default_storage.exists(made.file)
    assert as_(owner).get(f"{path}{made.pk}/").status_code == 404


def test_files_of_a_deleted_model_go_with_it(as_, owner, model, finished, django_capture_on_commit_callbacks):
    made = finished("onnx")
    assert Space(model.project).use.runs == 7
    with django_capture_on_commit_callbacks(execute=True):
        assert as_(owner).delete(f"/api/models/{model.pk}/").status_code == 204
    assert not default_storage.exists(made.file)
    assert not ModelExport.objects.exists()


def test_the_list_of_work_shows_it_and_leads_to_the_model(as_, owner, model, path):
    waiting = ModelExport.objects.start(model, owner, "saved_model", False)
    (row,) = as_(owner).get(f"/api/projects/{model.project_id}/jobs/", {"kind": "modelexport"}).json()["results"]
    assert (row["title"], row["address"]) == ("digits as SavedModel", f"/models/{model.pk}/")
    assert row["cancel"] == f"{path}{waiting.pk}/cancel/"


def test_the_fastest_that_decides_alike_answers_on_this_site(model, finished, monkeypatch):
    keras = model.local_file("keras")
    assert model.answering_file() == keras
    finished("saved_model", batch_per_second=[100.0, 120.0])
    fast = finished("openvino", batch_per_second=[100.0, 300.0])
    finished("litert", int8=True, batch_per_second=[100.0, 900.0], agreement=0.95)
    monkeypatch.setattr(formats, "find_spec", lambda name: object())
    assert str(Model.objects.get().answering_file()).endswith(fast.file)
    default_storage.delete(fast.file)
    assert str(Model.objects.get().answering_file()).endswith("saved_model.zip")
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    assert Model.objects.get().answering_file() == keras
