"""Stands before Django, which would write the whole body of a request to the disk before it asks anybody."""

import json
from typing import Any

from django.conf import settings

from labelapp.lib.numbers import whole_number
from labelapp.projects.errors import TooLarge, describe
from labelapp.projects.space import disk_refusal

SMALL = 1 << 20  # labels must still be saved when the disk has only its reserve left
FORM_BYTES = 64 << 20  # around and between files


class Gate:
    """Refuses bodies for which there is no room, and ones that no endpoint would take, by what they announce."""

    def __init__(self, application: Any):
        self.application = application

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http" and (refusal := refusal_of(announced(scope))):
            await refuse(refusal, send)
        else:
            await self.application(scope, receive, send)


def announced(scope) -> int:
    text = dict(scope["headers"]).get(b"content-length", b"0").decode("latin-1")
    return whole_number(text) or 0


def refusal_of(size_bytes: int) -> Any:
    if size_bytes <= SMALL:
        return None
    if size_bytes > max(settings.MAX_ZIP_BYTES, settings.MAX_IMAGE_BYTES, settings.MAX_CSV_BYTES) + FORM_BYTES:
        return TooLarge()
    return disk_refusal(size_bytes)


async def refuse(refusal: Any, send) -> None:
    body = json.dumps({"error": describe(refusal)} | getattr(refusal, "extra", {})).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
