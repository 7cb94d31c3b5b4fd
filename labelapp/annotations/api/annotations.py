from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.serializers import ChangeSetInput, LabelsOutput, StaleOutput, StateOutput
from labelapp.annotations.models import ImageState, Revision
from labelapp.images.models import Image
from labelapp.projects.access import found

MINIMAL = "return=minimal"  # RFC 7240
PREFER = OpenApiParameter(
    "Prefer",
    location=OpenApiParameter.HEADER,
    description=f"`{MINIMAL}`: of `annotations` only those of `upsert` are answered, as they were stored.",
)


def state_response(state: ImageState) -> Response:
    return Response({"revision": state.revision, "status": state.status, "annotations": state.annotations})


class AnnotationsView(APIView):
    @extend_schema(responses=LabelsOutput)
    def get(self, request, pk: int):
        image = found(Image.everything, request.user, pk)
        return Response(
            {
                "revision": image.revision,
                "status": image.status,
                "annotations": image.annotations.told(),
                "suggestions": [suggestion.row for suggestion in image.suggestions.open()],
            }
        )

    @extend_schema(parameters=[PREFER], request=ChangeSetInput, responses={200: StateOutput, 409: StaleOutput})
    def patch(self, request, pk: int):
        image = found(Image.everything, request.user, pk, "label")
        body = ChangeSetInput(data=request.data)
        body.is_valid(raise_exception=True)
        minimal = request.headers.get("Prefer", "").strip() == MINIMAL
        state = Revision.objects.apply(image, request.user, **body.validated_data, whole=not minimal)
        response = state_response(state)
        if minimal:
            response["Preference-Applied"] = MINIMAL
        return response
