from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.assist.assistant import assistant
from labelapp.annotations.assist.inputs import READERS, region_of
from labelapp.annotations.shapes import Problem
from labelapp.images.decoding import Refused
from labelapp.images.models import Image
from labelapp.projects.access import found
from labelapp.projects.models.label_class import SHAPES
from labelapp.projects.schema import all_of


class AssistInput(serializers.Serializer):
    tool = serializers.ChoiceField(list(READERS))
    input = serializers.DictField(
        help_text="By tool. grabcut: box, and if wanted shape, keep, remove, about; colour, watershed, template: shape "
        "and geometry of one that others are to be like; detect: detector, one of faces, plates, people."
    )


class FoundOutput(serializers.Serializer):
    shape = serializers.ChoiceField(SHAPES)
    geometry = serializers.DictField(help_text="In pixels of the upright original.")
    score = serializers.FloatField(required=False)


class AssistView(APIView):
    @extend_schema(operation_id="images_assist", request=AssistInput, responses=all_of(FoundOutput))
    def post(self, request, pk: int) -> Response:
        """What a smart tool finds on an image. Nothing is kept; the list is empty where it finds nothing."""
        image = found(Image.everything, request.user, pk, "label")
        body = AssistInput(data=request.data)
        body.is_valid(raise_exception=True)
        return Response({"results": assisted(image, **body.validated_data)})


def assisted(image: Image, tool: str, input: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Raises:
        ValidationError: the input is not what the tool takes, or the tool cannot do it; says what to do.
    """
    try:
        given = READERS[tool](input, image)
        return assistant().ask(tool, image, given, region_of(given))
    except Problem as problem:
        raise ValidationError({"input": {problem.field: [problem.message]}}) from None
    except Refused as refused:
        raise ValidationError(str(refused)) from None
