"""What the OpenAPI document says of every endpoint alike."""

from functools import cache
from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string", "description": "A sentence for a person."},
                "fields": {"type": "object", "description": "Problems by field.", "additionalProperties": {}},
                "request_id": {"type": "string", "description": "By which a fault of ours is found in the log."},
            },
        }
    },
}
CONTENT = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
REASONS = {
    "400": "What was sent has mistakes; `fields` names them.",
    "401": "Nobody is signed in, or the token is not valid.",
    "403": "The person's role does not allow it, or the CSRF token is missing.",
    "404": "There is no such thing, or it is not the person's.",
    "406": "Only JSON is sent.",
    "409": "It has changed since, is in use, or its state does not allow this.",
    "411": "A body has come without a Content-Length.",
    "413": "Too large.",
    "415": "A body of this type is not taken.",
    "429": "Too many tries; `Retry-After` says when to try again.",
    "503": "The machine lacks something for a moment; `Retry-After` says when to ask again.",
}
SECRETS = {"secret"}  # parameters that could be guessed, so that tries are counted
CHANGES = {"post", "put", "patch", "delete"}


def add_errors(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: every operation says in which ways it may refuse, all of one form."""
    result["components"]["schemas"]["Error"] = ERROR
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in refusals(method, operation):
                operation["responses"].setdefault(status, {"description": REASONS[status], "content": CONTENT})
    return result


def refusals(method: str, operation: dict[str, Any]) -> list[str]:
    places = {each["in"] for each in operation.get("parameters", [])}
    names = {each["name"] for each in operation.get("parameters", [])}
    applies = {
        "400": "requestBody" in operation or bool(places & {"query", "header"}),
        "401": bool(operation.get("security")),
        "403": bool(operation.get("security")),
        "404": "path" in places or method in CHANGES,  # bodies name things too
        "406": True,
        "409": method in CHANGES or "path" in places,
        "411": "requestBody" in operation,
        "413": "requestBody" in operation or "header" in places,
        "415": "requestBody" in operation,
        "429": method == "post" or bool(names & SECRETS),
        "503": True,
    }
    return [status for status, may in applies.items() if may]


@cache  # the document knows a page by its identity
def page_of(item: type[serializers.BaseSerializer], **more: serializers.Field) -> serializers.Serializer:
    """One page of a list, as ``KeysetPagination`` and its like answer; ``more`` is what else this list says."""
    ends = {name: serializers.CharField(allow_null=True, help_text="Its address.") for name in ("next", "previous")}
    return inline_serializer(f"{item.__name__}Page", {"results": item(many=True), **ends, **more})


def all_of(item: type[serializers.BaseSerializer]) -> serializers.Serializer:
    """A list that is short enough to be sent whole."""
    return inline_serializer(f"{item.__name__}List", {"results": item(many=True)})
