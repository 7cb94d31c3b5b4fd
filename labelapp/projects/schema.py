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
            },
        }
    },
}
REFUSED = {
    "description": "Refused: not signed in, not yours, not there, or something wrong with what was sent.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def add_errors(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: every operation may answer with an error, all of one form."""
    result["components"]["schemas"]["Error"] = ERROR
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("4XX", REFUSED)
    return result


@cache  # the document knows a page by its identity
def page_of(item: type[serializers.BaseSerializer], **more: serializers.Field) -> serializers.Serializer:
    """One page of a list, as ``KeysetPagination`` and its like answer; ``more`` is what else this list says."""
    ends = {name: serializers.CharField(allow_null=True, help_text="Its address.") for name in ("next", "previous")}
    return inline_serializer(f"{item.__name__}Page", {"results": item(many=True), **ends, **more})


def all_of(item: type[serializers.BaseSerializer]) -> serializers.Serializer:
    """A list that is short enough to be sent whole."""
    return inline_serializer(f"{item.__name__}List", {"results": item(many=True)})
