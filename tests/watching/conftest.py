import io
import json
import logging

import pytest

from labelapp.lib.log_format import AddContext, JsonLine
from labelapp.watching.asking import Kept
from tests.training.conftest import own_redis  # noqa: F401  (a real Redis of the tests' own)


@pytest.fixture(autouse=True)
def nothing_is_kept():
    for each in Kept.everything:
        each.forget()


@pytest.fixture
def admin(owner):
    """A site admin, and the owner of the project."""
    owner.change(is_superuser=True)
    return owner


@pytest.fixture
def other_admin(person):
    """A site admin who is a member of nothing."""
    made = person("admin")
    made.change(is_superuser=True)
    return made


@pytest.fixture
def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


class Lines:
    def __init__(self) -> None:
        self.stream = io.StringIO()

    def __call__(self, logger: str = "") -> list[dict]:
        lines = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        return [line for line in lines if line["logger"].startswith(logger)]


@pytest.fixture
def lines():
    """What a server's log gets, line by line."""
    found = Lines()
    handler = logging.StreamHandler(found.stream)
    handler.addFilter(AddContext())
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield found
    root.removeHandler(handler)
    root.setLevel(level)
