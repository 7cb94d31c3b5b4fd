"""What is refused before Django writes it to the disk."""

import asyncio
import json
from collections.abc import Iterable

import pytest

from labelapp.accounts.models import Token
from labelapp.gate import Gate
from labelapp.projects import space

pytestmark = pytest.mark.django_db(transaction=True)
MB = 1 << 20


class Server:
    """Sends requests through the gate to an application that reads them whole, as Django does."""

    def __init__(self):
        self.bodies: list[int] = []
        self.gate = Gate(self._application)

    async def _application(self, scope, receive, send) -> None:
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size, more = size + len(message["body"]), message["more_body"]
        self.bodies.append(size)

    def ask(self, pieces: Iterable[bytes], announced: int | None = None, **headers: str) -> dict:
        """The error that came back; empty when the application had all of it."""
        sent: list[dict] = []
        named = {name: value.encode() for name, value in headers.items()}
        if announced is not None:
            named["content-length"] = str(announced).encode()
        scope = {
            "type": "http", "method": "POST", "path": "/api/projects/1/images/", "query_string": b"",
            "headers": [(name.encode(), value) for name, value in named.items()],
        }  # fmt: skip
        messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
        messages.append({"type": "http.request", "body": b"", "more_body": False})
        coming = iter(messages)

        async def receive():
            return next(coming)

        async def send(message):
            sent.append(message)

        asyncio.run(self.gate(scope, receive, send))
        return {"status": sent[0]["status"], **json.loads(sent[1]["body"])["error"]} if sent else {}


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def token(owner):
    _token, text = Token.objects.issue(owner, "script")
    return f"Token {text}"


def test_nobody_sends_anything_large(server, as_, owner, token):
    large = [b"x" * MB] * 2
    assert server.ask(large, 2 * MB)["status"] == 401
    assert server.ask(large, 2 * MB, authorization="Token wrong")["status"] == 401
    assert server.ask(large, 2 * MB, cookie="sessionid=made-up")["status"] == 401
    assert server.bodies == []
    session = as_(owner).cookies["sessionid"].value
    assert server.ask(large, 2 * MB, cookie=f"sessionid={session}") == {}
    assert server.ask(large, 2 * MB, authorization=token) == {}
    assert server.ask([b"name"], 4) == {}
    assert server.bodies == [2 * MB, 2 * MB, 4]


def test_somebody_who_was_deactivated_is_nobody(server, owner, token):
    owner.is_active = False
    owner.save()
    assert server.ask([b"x" * MB] * 2, 2 * MB, authorization=token)["status"] == 401


def test_a_body_announces_its_length(server, token):
    assert server.ask([b"x" * MB] * 3, authorization=token)["status"] == 411
    assert server.ask([b"{}"], authorization=token)["status"] == 411, "it would be taken for no body at all"
    assert server.ask([], authorization=token) == {}
    assert server.bodies == [0]


def test_what_has_no_room_is_not_read(server, token, settings, monkeypatch):
    settings.DISK_RESERVE_BYTES = 0
    monkeypatch.setattr(space, "free_bytes", lambda folders: 2 * MB)
    assert server.ask([], 3 * MB, authorization=token)["code"] == "disk_full"
    assert server.ask([], 10**15, authorization=token)["code"] == "too_large"
    assert server.ask([b"x" * MB], MB) == {}, "labels are still saved"


def test_others_that_are_under_way_take_their_room(server, token, settings, monkeypatch):
    settings.DISK_RESERVE_BYTES = 0
    monkeypatch.setattr(space, "free_bytes", lambda folders: 5 * MB)
    beside: list[dict] = []

    async def half_way(scope, receive, send):
        await receive()
        beside.append(await asyncio.to_thread(server.ask, [], 3 * MB, authorization=token))

    server.gate.application = half_way
    assert server.ask([b"x" * MB], 4 * MB, authorization=token) == {}
    assert beside[0]["code"] == "disk_full"
