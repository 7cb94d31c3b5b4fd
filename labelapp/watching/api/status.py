"""How the site is, for site admins: each part by itself, so that one that fails or hangs costs only itself."""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.api.people import IsSiteAdmin
from labelapp.watching.api import serializers as outputs
from labelapp.watching.parts import data, findings, queues, services, space, versions, work, workers
from labelapp.watching.parts.services import told
from labelapp.watching.states import State, worst

logger = logging.getLogger(__name__)


class PartView(APIView):
    """One part. That it cannot be read is a fact about the site, so it is answered like any other."""

    permission_classes = (IsAuthenticated, IsSiteAdmin)
    name: ClassVar[str]
    output: ClassVar[type[serializers.Serializer]]
    answer: ClassVar[serializers.Serializer]
    read: ClassVar[Callable[[Any], dict[str, Any]]]

    @classmethod
    def look(cls, user) -> dict[str, Any]:
        """``state``, ``problem`` and ``content``, which is None when there is a problem."""
        try:
            content = dict(cls.output(cls.read(user)).data)
        except Exception as error:
            logger.warning("Status: %s cannot be read", cls.name, exc_info=True)
            return {"state": State.PROBLEM, "problem": told(error), "content": None}
        return {"state": content["state"], "problem": "", "content": content}


def described(name: str, output: type[serializers.Serializer]) -> serializers.Serializer:
    fields: dict[str, Any] = {
        "state": serializers.ChoiceField(State.choices),
        "problem": serializers.CharField(allow_blank=True, help_text="Why it cannot be read."),
        "content": output(allow_null=True),
    }
    return inline_serializer(f"Status{name.title()}", fields)


def part(name: str, output: type[serializers.Serializer], read: Callable[[Any], dict[str, Any]]) -> type[PartView]:
    answer = described(name, output)

    @extend_schema(operation_id=f"status_{name}", responses=answer)
    def get(self, request) -> Response:
        return Response(self.look(request.user))

    facts = {"name": name, "output": output, "answer": answer, "read": staticmethod(read), "get": get}
    return type(f"{name.title()}View", (PartView,), facts)


PARTS: list[type[PartView]] = [
    part("services", outputs.ServicesOutput, lambda _user: services.read()),
    part("queues", outputs.QueuesOutput, lambda _user: queues.read()),
    part("workers", outputs.WorkersOutput, workers.read),
    part("work", outputs.SiteWorkOutput, work.read),
    part("space", outputs.SpaceOutput, lambda _user: space.read()),
    part("data", outputs.DataOutput, lambda _user: data.read()),
    part("versions", outputs.VersionsOutput, lambda _user: versions.read()),
    part("findings", outputs.FindingsOutput, lambda _user: findings.read()),
]
WHOLE = inline_serializer(
    "SiteStatus",
    {
        "state": serializers.ChoiceField(State.choices, help_text="Of the worst part."),
        "parts": inline_serializer("SiteStatusParts", {each.name: each.answer for each in PARTS}),
    },
)


class StatusView(APIView):
    permission_classes = (IsAuthenticated, IsSiteAdmin)

    @extend_schema(operation_id="status", responses=WHOLE)
    def get(self, request) -> Response:
        """All parts at once."""
        parts = {each.name: each.look(request.user) for each in PARTS}
        return Response({"state": worst(each["state"] for each in parts.values()), "parts": parts})
