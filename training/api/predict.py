import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.images.decoding import Refused, inspect
from labelapp.images.models import Image
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import found
from training.api.models import file_there
from training.models import Model
from training.playground import playground
from training.specs import local_copy

MOST_FILES = 64


class ModelPredictView(APIView):
    parser_classes = [MultiPartParser]

    class PredictInput(serializers.Serializer):
        file = serializers.ListField(
            child=serializers.FileField(), required=False, help_text="Images; the field may be repeated."
        )
        image = serializers.ListField(
            child=serializers.IntegerField(), required=False, help_text="Ids of images of the project; likewise."
        )
        top = serializers.IntegerField(required=False, help_text="Classes, or shapes, per image at most; 5 by default.")
        explain = serializers.IntegerField(
            required=False, help_text="Id of a class: which places speak for it (Grad-CAM); not of models with shapes."
        )

    class PredictOutput(serializers.Serializer):
        results = serializers.ListField(child=serializers.DictField())

    @extend_schema(
        operation_id="models_predict", request={"multipart/form-data": PredictInput}, responses=PredictOutput
    )
    def post(self, request, pk: int) -> Response:
        """Classes with probabilities for each image, or shapes; an image that cannot be read has ``error`` instead.

        Where a class is to be explained there is ``heat``: ``size`` (height, width) of a small map over the image, and
        ``pixels``, its numbers from 0 to 255 row by row, deflated, in base64.
        """
        model = found(Model.objects, request.user, pk)
        files, images = request.FILES.getlist("file"), images_of(model, request.data.getlist("image"))
        if not files and not images:
            raise ValidationError({"file": [_("Send one or more images as file.")]})
        if len(files) + len(images) > MOST_FILES:
            raise ValidationError({"file": [_("At most {count} images at once.").format(count=MOST_FILES)]})
        top = whole_number(request.data.get("top", "5"))
        if top is None or not 1 <= top <= 1000:
            raise ValidationError({"top": [_("A whole number from 1 to 1,000.")]})
        explain = explained(model, request.data.get("explain", ""))
        file_there(model, "keras")
        return Response({"results": predicted(model, files, images, top, explain)}, status=status.HTTP_200_OK)


def images_of(model: Model, ids: list[str]) -> list[Image]:
    """Images of the model's project, in the order of their ids."""
    wanted = [whole_number(each) for each in ids]
    there = Image.objects.filter(project=model.project_id, pk__in=[each for each in wanted if each]).kept().in_bulk()
    if missing := [text for text, each in zip(ids, wanted, strict=True) if each not in there]:
        raise ValidationError({"image": [_("This project has no image {id}.").format(id=missing[0][:20])]})
    return [there[each] for each in wanted if each]


def explained(model: Model, asked: str) -> int | None:
    if not asked:
        return None
    if not model.explains:
        raise ValidationError({"explain": [_("This model says where things are already.")]})
    if whole_number(asked) not in {each["id"] for each in model.card["classes"]}:
        raise ValidationError({"explain": [_("This model does not know that class.")]})
    return whole_number(asked)


def predicted(model: Model, files: list, images: list[Image], top: int, explain: int | None) -> list[dict[str, Any]]:
    """One entry per file, then one per image, in order."""
    entries: list[dict[str, Any]] = []
    asked: list[tuple[dict[str, Any], Path]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            entries.append({"name": file.name})
            try:
                inspect(file)
            except Refused as refusal:
                entries[-1].update(error=str(refusal), predictions=[])
                continue
            path = Path(folder) / str(number)
            file.seek(0)
            path.write_bytes(file.read())
            asked.append((entries[-1], path))
        for image in images:
            entries.append({"name": image.name, "image": image.pk})
            asked.append((entries[-1], local_copy(image.original, Path(settings.CACHE_DIR))))
        if asked:
            file = model.answering_file() if explain is None else model.local_file("keras")
            answers = playground.predict(file, [path for _entry, path in asked], top, explain)
            for (entry, _path), answer in zip(asked, answers, strict=True):
                answer.pop("path", None)
                entry.update({"predictions": []} | answer)
    return entries
