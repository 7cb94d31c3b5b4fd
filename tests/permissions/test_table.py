"""Every address of the site asked by every role, against the table of docs/permissions.md."""

import pytest
from django.core.cache import cache
from django.db import transaction
from rest_framework.test import APIClient

from tests.permissions.table import ROLES, Rule, addresses, rules
from tests.permissions.world import World

RULES = rules()
# These answer from threads that do not see what a test has not committed.
APART = {"/api/runs/<int:pk>/events/", "/api/projects/<int:pk>/labelling/events/"}

HEADERS = {"Tus-Resumable": "1.0.0"}  # files in pieces answer nothing without it


@pytest.fixture
def world(db, picture) -> World:
    return World(picture)


def test_the_table_has_every_address_and_no_other():
    listed = [(rule.method, rule.path) for rule in RULES]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(addresses())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_answered_as_the_table_says(world, role):
    rules = [rule for rule in RULES if rule.path not in APART]
    found = {}
    for rule in rules:
        with transaction.atomic():
            found[str(rule)] = ask(world, rule, role)
            transaction.set_rollback(True)  # whatever the request did is taken back
    assert found == {str(rule): rule.answers[role] for rule in rules}


@pytest.mark.django_db(transaction=True)
def test_event_streams_are_answered_as_the_table_says(picture):
    world = World(picture)
    for rule in RULES:
        if rule.path in APART:
            assert {role: ask(world, rule, role) for role in ROLES} == rule.answers


def ask(world: World, rule: Rule, role: str) -> str:
    """What a person of this role is answered."""
    cache.clear()  # the limits of tries are not what is asked for here
    client = APIClient(raise_request_exception=False)
    if person := world.people[role]:
        client.force_login(person)
    body = {} if rule.method != "get" else None
    answer = getattr(client, rule.method)(world.address(rule.path, role), body, format="json", headers=HEADERS)
    assert answer.status_code < 500 or rule.path == "/readyz", f"{rule} as {role}: {answer.status_code}"
    if answer.status_code == 302 and answer.url.startswith("/sign-in/?next="):
        return "sign in"
    return {401: "sign in", 403: "no", 404: "hidden"}.get(answer.status_code, "yes")
