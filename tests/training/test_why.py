"""Asking a model why: the same call as trying it, with a class and with images of the project."""

import base64
import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from sklearn.datasets import load_digits

from labelapp.images.models import Image
from labelapp.projects.models import Project
from tests.training.conftest import add_digits, png
from training.models import Model

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def ask(as_, owner):
    def call(model, user=owner, **body):
        return as_(user).post(f"/api/models/{model.pk}/predict/", body)

    return call


def test_a_model_says_where_it_sees_a_class(version, start, performing, ask, project, owner):
    model = Model.objects.get(run=performing(start(version, epochs=1)).finish())
    classes = [each["id"] for each in model.card["classes"]]
    image = Image.objects.filter(project=project).first()
    large = io.BytesIO()
    Picture.open(io.BytesIO(png(load_digits().images[0]))).resize((90, 60)).save(large, "PNG")
    file = SimpleUploadedFile("large.png", large.getvalue(), "image/png")
    answer = ask(model, file=file, image=image.pk, explain=classes[1])
    assert answer.status_code == 200, answer.json()
    sent, ours = answer.json()["results"]
    assert (sent["name"], ours["name"], ours["image"]) == ("large.png", image.name, image.pk)
    assert (sent["heat"]["class_id"], sent["heat"]["size"], ours["heat"]["size"]) == (classes[1], [43, 64], [16, 16])
    assert len(zlib.decompress(base64.b64decode(ours["heat"]["pixels"]))) == 256
    assert "heat" not in ask(model, image=image.pk).json()["results"][0]

    image.trashed_by, image.trashed_at = owner, image.created_at
    image.save()
    assert "image" in ask(model, image=image.pk).json()["error"]["fields"]


@pytest.fixture
def model(run, project):
    return Model.objects.create(
        project=project, run=run, name="model", task="classification", card={"classes": [{"id": 5, "name": "five"}]}
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"explain": 6}, "explain"),
        ({"explain": "five"}, "explain"),
        ({"image": 10**9}, "image"),
        ({"image": "x"}, "image"),
    ],
)
def test_what_cannot_be_asked_for_is_named(model, ask, project, body, field):
    file = SimpleUploadedFile("a.png", png(load_digits().images[0]), "image/png")
    answer = ask(model, file=file, **body)
    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == [field]


def test_models_that_say_places_are_not_asked(model, ask):
    Model.objects.filter(pk=model.pk).update(task="detection")
    file = SimpleUploadedFile("a.png", png(load_digits().images[0]), "image/png")
    assert "explain" in ask(model, file=file, explain=5).json()["error"]["fields"]


def test_images_of_other_projects_are_not_there(model, ask, owner):
    (image, *_others) = add_digits(Project.objects.start(owner, name="Other", kind="classification"), owner, 1)
    assert "image" in ask(model, image=image.pk).json()["error"]["fields"]
