from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.api.bulk import restore, trash
from labelapp.images.api.serializers import PEOPLE, ImageOutput, told
from labelapp.images.models import Image, Split
from labelapp.images.paging import COLUMNS
from labelapp.projects.access import found


class ImageView(APIView):
    """One image. Deleting puts it in the trash, from which it can be restored."""

    class ImageInput(serializers.Serializer):
        split = serializers.ChoiceField(Split.choices, allow_blank=True, required=False)
        group = serializers.CharField(max_length=200, allow_blank=True, required=False)

    @extend_schema(operation_id="images_retrieve", responses=ImageOutput)
    def get(self, request, pk: int):
        return answer(found(Image.everything, request.user, pk))

    @extend_schema(operation_id="images_update", request=ImageInput, responses=ImageOutput)
    def patch(self, request, pk: int):
        image = found(Image.objects, request.user, pk, "label")
        body = self.ImageInput(data=request.data)
        body.is_valid(raise_exception=True)
        image.assign(request.user, **body.validated_data)
        return answer(image)

    @extend_schema(operation_id="images_destroy", responses={204: None})
    def delete(self, request, pk: int):
        image = found(Image.objects, request.user, pk, "label")
        trash(Image.objects.filter(pk=image.pk), image.project, request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImageTrashView(APIView):
    """Lying in the trash is a state: PUT puts an image there, DELETE restores it. Both may be said twice."""

    @extend_schema(operation_id="images_trash", request=None, responses=ImageOutput)
    def put(self, request, pk: int):
        image = found(Image.objects, request.user, pk, "label")
        trash(Image.objects.filter(pk=image.pk), image.project, request.user)
        image.refresh_from_db()
        return answer(image)

    @extend_schema(operation_id="images_restore", responses={200: ImageOutput})
    def delete(self, request, pk: int):
        image = found(Image.objects, request.user, pk, "label")
        restore(Image.objects.filter(pk=image.pk), image.project, request.user)
        image.refresh_from_db()
        return answer(image)


def answer(image: Image) -> Response:
    people = {name: getattr(image, f"{name}_id") for name in PEOPLE}
    (row,) = told([{name: getattr(image, name) for name in COLUMNS if name not in PEOPLE} | people])
    return Response(row)
