"""Stands before Django, which would write the whole body of a request to the disk before it asks anybody."""

import io
import json
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import Error, connection
from django.utils.translation import gettext as _
from rest_framework import exceptions, status

from labelapp.accounts.authentication import is_known
from labelapp.lib.numbers import whole_number
from labelapp.lib.passing import passing_trouble
from labelapp.projects.errors import TooLarge, Unavailable, describe
from labelapp.projects.space import disk_refusal

SMALL = 1 << 20  # labels must still be saved when the disk has only its reserve left
FORM_BYTES = 64 << 20  # around and between files


class LengthRequired(exceptions.APIException):
    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_detail = _("Say how long the body is: send a Content-Length.")
    default_code = "length_required"


class Body:
    """The body of one request as it comes: it ends the request when more comes than was announced."""

    def __init__(self, receive: Any, length: int):
        self._receive = receive
        self.left = length
        self.is_over = False

    async def receive(self) -> dict[str, Any]:
        message = await self._receive()
        if message["type"] == "http.request":
            self.left -= len(message.get("body", b""))
        if self.left < 0:
            self.is_over = True
            return {"type": "http.disconnect"}
        return dict(message)


class Gate:
    """Refuses bodies from nobody, ones for which there is no room, and ones that no endpoint would take."""

    def __init__(self, application: Any):
        self.application = application
        self._coming: set[Body] = set()

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return await self.application(scope, receive, send)
        announced = whole_number(header(scope, b"content-length"))
        if announced and (refusal := await self._refusal(scope, announced)):
            return await refuse(refusal, send)
        # Without a length there is no body: whatever reads it would take one that comes all the same for none.
        body = Body(receive, announced or 0)
        self._coming.add(body)
        try:
            await self.application(scope, body.receive, send)
        finally:
            self._coming.discard(body)
        return await refuse(LengthRequired(), send) if body.is_over else None

    async def _refusal(self, scope, size_bytes: int) -> exceptions.APIException | None:
        if size_bytes <= SMALL:
            return None
        if size_bytes > max(settings.MAX_ZIP_BYTES, settings.MAX_IMAGE_BYTES, settings.MAX_CSV_BYTES) + FORM_BYTES:
            return TooLarge()
        return await who_asks(scope) or disk_refusal(size_bytes + sum(max(0, body.left) for body in self._coming))


@sync_to_async(thread_sensitive=False)
def who_asks(scope) -> exceptions.APIException | None:
    """Why nothing large is taken from whoever sends it; None from a person whom the site knows."""
    try:
        return None if is_known(ASGIRequest(scope, io.BytesIO())) else exceptions.NotAuthenticated(_("Sign in first."))
    except Error as error:
        return Unavailable(passing_trouble(error))
    finally:
        connection.close()


def header(scope, name: bytes) -> str:
    return dict(scope["headers"]).get(name, b"").decode("latin-1")


async def refuse(refusal: Any, send) -> None:
    body = json.dumps({"error": describe(refusal)} | getattr(refusal, "extra", {})).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
