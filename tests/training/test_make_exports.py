"""Real exports in real child processes, and what may happen to them."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from sklearn.datasets import load_digits

from tests.training.conftest import png
from training.models import Model, ModelExport

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_an_export_is_made_compared_kept_and_answers_in_place_of_the_model(version, start, performing, as_, owner):
    run = performing(start(version, epochs=2)).finish()
    model = Model.objects.get(run=run)
    export = ModelExport.objects.start(model, owner, "saved_model", False)
    export.perform()
    assert (export.status, export.error) == ("completed", "")
    assert export.comparison["agreement"] == 1.0
    assert export.size_bytes == default_storage.size(export.file)
    client = as_(owner)
    answer = client.get(f"/api/models/{model.pk}/exports/").json()["results"][0]
    assert answer["comparison"]["images"] == 9
    with default_storage.open(export.file) as file:
        assert "predict.py" in zipfile.ZipFile(io.BytesIO(file.read())).namelist()

    ModelExport.objects.update(comparison=export.comparison | {"batch_per_second": [1.0, 2.0]})
    model = Model.objects.get()
    assert str(model.answering_file()).endswith(".zip")
    image = SimpleUploadedFile("a.png", png(load_digits(n_class=3).images[0]), "image/png")
    (found,) = client.post(f"/api/models/{model.pk}/predict/", {"file": image}).json()["results"]
    assert found["predictions"][0]["class"].startswith("digit")


def test_a_model_that_cannot_be_read_fails_with_a_reason(version, start, owner):
    model = Model.objects.create(project=version.project, run=start(version), name="digits", task="classification")
    default_storage.save(model.stored_file("keras"), ContentFile(b"no model"))
    export = ModelExport.objects.start(model, owner, "saved_model", False)
    export.perform()
    assert export.status == "failed"
    assert "no model of this engine" in export.error
