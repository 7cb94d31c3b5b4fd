"""Every operation of the OpenAPI document, asked all kinds of things by everybody: no fault of ours, and every answer
is one that the document describes.

``LABELAPP_API_EXAMPLES=200`` asks each operation so many things; one by each person by default. They are the same each
time.
"""

import itertools
import os
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as search
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from labelapp.accounts.models import Token
from labelapp.annotations.models import (
    Archive,
    Assignment,
    Comment,
    Detection,
    Labelling,
    Round,
    RoundMerge,
    Suggestion,
)
from labelapp.exchange.models import Export, Import
from labelapp.images.models import FilePart, Upload
from tests.training.conftest import TINY, add_digits, frozen_version
from training.models import Model, ModelExport, Prediction, Run, Trial

EXAMPLES = int(os.environ.get("LABELAPP_API_EXAMPLES", "6"))
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance,
]  # fmt: skip
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")  # a part of a file
# A prediction starts the engine, which takes seconds for each: tests/loop asks for real ones.
NOT_REALLY = {"models_predict"}
PEOPLE = ["owner", "reviewer", "annotator", "viewer", "stranger", "nobody"]


@pytest.fixture(autouse=True)
def one_connection():
    """Requests come from outside here, but live in the transaction of the test: as Django's own test client does it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(project, owner, reviewer, annotator, viewer, stranger, settings):
    """A project in which there is one of everything, and everybody's key to the API."""
    settings.ARCHIVE_WAIT_SECONDS = 0
    owner.change(is_superuser=True)
    images = add_digits(project, owner, per_class=4, unlabelled=2)
    version = frozen_version(project, owner)
    run = Run.objects.start(project, owner, version, TINY)
    model = Model.objects.create(project=project, run=run, name="Digits", task="classification", card={"classes": []})
    people = {each.username: each for each in (owner, reviewer, annotator, viewer, stranger)}
    upload = Upload.objects.start(project, owner, 1, 10, name="a.png", class_from="none")
    part = FilePart.objects.create(upload=upload, key="a", path="a.png", size_bytes=10, modified=0)
    job = {"project": project, "created_by": owner}
    label_class = project.classes.first()
    found = {"label_class": label_class, "shape": "box", "geometry": {"box": [1, 1, 3, 3]}, "score": 0.5}
    suggestion = Suggestion.objects.create(image=images[-1], tool="colour", **found)
    rounds = [
        Round.objects.start(project, owner, project.images.all(), [each.pk, annotator.pk]) for each in (owner, reviewer)
    ]
    rounds[1].close(owner)
    return SimpleNamespace(
        keys={name: key(person) for name, person in people.items()} | {"nobody": {}},
        ids={
            "archives": [Archive.objects.create(**job, name="a.zip").pk],
            "assignments": [
                each.pk
                for each in Assignment.objects.split(project, owner, project.images.all(), [annotator.pk], 2, "id")
            ],
            "comments": [Comment.objects.say(images[0], annotator, "Look here.").pk],
            "exports": [Export.objects.start(project, owner, format="csv").pk],
            "files": [str(part.pk)],
            "images": [image.pk for image in images[:3] + images[-1:]],
            "imports": [Import.objects.create(**job).pk],
            "models": [model.pk],
            "people": [viewer.pk],
            "predictions": [Prediction.objects.create(**job, model=model).pk],
            "projects": [project.pk],
            "runs": [run.pk],
            "rounds": [each.pk for each in rounds],
            "agreements": [rounds[1].agreements.get().pk],
            "round-merges": [RoundMerge.objects.create(**job, round=rounds[1], least=1, result="labelled").pk],
            "detections": [Detection.objects.create(**job, label_class=label_class.pk, detector="faces").pk],
            "labellings": [Labelling.objects.create(**job).pk],
            "suggestions": [str(suggestion.pk)],
            "trials": [Trial.objects.create(**job, version=version, kind="rate").pk],
            "uploads": [upload.pk],
            "versions": [version.pk],
            "class_pk": list(project.classes.values_list("pk", flat=True)),
            "number": [1],
            "image": [images[0].pk],
            "user_pk": [viewer.pk, owner.pk],
            "kind": ["keras"],
            "export": [ModelExport.objects.create(**job, model=model, format="saved_model").pk],
        },
    )


def key(person) -> dict[str, str]:
    return {"Authorization": f"Token {Token.objects.issue(person, 'script')[1]}"}


def aim(case: Any, ids: dict[str, list], pick: int) -> None:
    """Mostly at what is there: made-up ids only ever find nothing."""
    if pick == 0 or case.operation.definition.raw.get("operationId") in NOT_REALLY:
        return
    room = case.operation.path.split("/")[2]
    for name in case.path_parameters or {}:
        if there := ids.get(room if name == "id" else name):
            case.path_parameters[name] = there[pick % len(there)]


def explore(operation: Any, world: SimpleNamespace) -> list[str]:
    """What is wrong with the answers of one operation, asked by each person in turn."""
    wrong: dict[str, str] = {}
    people = itertools.cycle(PEOPLE)

    @search(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), pick=st.integers(0, 9))
    def ask(case, pick):
        person = next(people)
        case.headers = {name: value for name, value in (case.headers or {}).items() if name != "Authorization"}
        case.cookies = {}
        aim(case, world.ids, pick)
        with transaction.atomic():
            try:
                response = case.call(headers=world.keys[person])
            finally:
                transaction.set_rollback(True)
        try:
            case.validate_response(response, checks=CHECKS)
        except BaseExceptionGroup as group:
            for error in group.exceptions:
                about = f"{operation.label} by {person}: {error}\n{response.text[:300]}\n{case.as_curl_command()[:600]}"
                wrong.setdefault(f"{type(error).__name__} {response.status_code}", about)

    ask()
    return list(wrong.values())


def test_every_answer_is_as_the_document_says(world):
    document = schemathesis.openapi.from_wsgi(
        "/api/schema/?format=json", get_wsgi_application(), headers=world.keys["owner"]
    )
    wrong = [each for found in document.get_all_operations() for each in explore(found.ok(), world)]
    assert not wrong, f"{len(wrong)} kinds of answers\n\n" + "\n\n".join(wrong)
