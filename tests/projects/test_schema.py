"""The OpenAPI document is complete: every endpoint says what it takes and gives."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_document_is_made_without_a_warning(tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yml"), validate=True, fail_on_warn=True)


def test_the_document_and_its_pages_are_there(as_, owner):
    client = as_(owner)
    assert client.get("/api/docs/").status_code == 200
    paths = client.get("/api/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json").json()["paths"]
    assert "/api/images/{id}/annotations/" in paths
