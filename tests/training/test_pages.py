"""The pages of runs and models: who sees them, and what a viewer is not offered."""

import pytest
from django.test import Client

from labelapp.annotations.models import Suggestion
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from training.models import Model


@pytest.fixture
def model(run, owner):
    card = {"preset": "compact_cnn", "classes": [], "metrics": {}, "settings": {}}
    return Model.objects.create(project=run.project, run=run, name="digits", task="classification", card=card)


@pytest.fixture
def addresses(project, run, model):
    inside = f"/projects/{project.pk}/"
    return [
        f"{inside}runs/", f"{inside}runs/new/", f"{inside}runs/compare/?runs={run.pk}", f"/runs/{run.pk}/",
        f"/runs/{run.pk}/metrics/", f"{inside}models/", f"/models/{model.pk}/",
    ]  # fmt: skip


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_member_sees_every_page(addresses, owner):
    client = browser_of(owner)
    assert [client.get(each).status_code for each in addresses] == [200] * len(addresses)


def test_a_stranger_finds_none(addresses, stranger):
    client = browser_of(stranger)
    assert [client.get(each).status_code for each in addresses] == [404] * len(addresses)


def test_nobody_is_sent_to_sign_in(addresses):
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_a_viewer_is_not_offered_what_they_may_not_do(addresses, viewer, project, model):
    client = browser_of(viewer)
    assert "runs/new/" not in client.get(f"/projects/{project.pk}/runs/").content.decode()
    page = client.get(f"/models/{model.pk}/").content.decode()
    assert "data-auto-label" not in page
    assert "data-delete" not in page
    assert client.get(f"/projects/{project.pk}/runs/new/").status_code == 403


def test_a_name_is_text_and_never_markup(owner, model):
    model.rename("<script>alert(1)</script>")
    page = browser_of(owner).get(f"/models/{model.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_of_a_model_counts_what_people_made_of_its_suggestions(owner, model, project):
    picture = {"format": "PNG", "size_bytes": 1, "width": 9, "height": 9, "created_by": owner}
    image = Image.objects.create(project=project, name="a.png", sha256="0" * 64, **picture)
    ant = LabelClass.objects.add(project, "ant")
    box = {"image": image, "label_class": ant, "shape": "box", "geometry": {"box": [0, 0, 1, 1]}, "score": 0.5}
    for state in ("accepted", "refused", "refused", "open"):
        Suggestion.objects.create(model=model.pk, state=state, **box)
    Suggestion.objects.create(model=model.pk + 1, **box)
    (counts,) = browser_of(owner).get(f"/models/{model.pk}/").context["verdicts"]
    assert [counts[name] for name in ("name", "accepted", "edited", "refused", "open")] == ["ant", 1, 0, 2, 1]
