"""Answers as JSON are those of Django REST framework, written faster."""

import json
import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer

from labelapp.projects.rendering import FastJSON


@pytest.mark.parametrize(
    "data",
    [
        {"at": datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "whole": datetime(2026, 1, 2, tzinfo=UTC)},
        {"id": uuid.UUID(int=7), "price": Decimal("1.50"), "text": gettext_lazy("Add images"), 5: [True, None, 1e16]},
        {"beyond 64 bits": 10**30},
        ["Übung", "图", "\u2028", {}],
    ],
)
def test_what_is_written_reads_the_same(data):
    assert json.loads(FastJSON().render(data)) == json.loads(JSONRenderer().render(data))


def test_nothing_is_an_empty_body():
    assert FastJSON().render(None) == b""


def test_what_is_no_number_in_json_is_null_instead_of_a_broken_answer():
    assert FastJSON().render({"loss": float("nan")}) == b'{"loss":null}'
