from pathlib import Path

from django.core.files.storage import default_storage
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.exchange.download import begins, send_file
from labelapp.projects.access import found, project_for
from labelapp.projects.models import AuditEntry
from labelapp.projects.schema import page_of
from training.api.serializers import ModelOutput, NameInput
from training.models import Model

MOST_FILES = 64


class ModelsView(GenericAPIView):
    serializer_class = ModelOutput

    @extend_schema(operation_id="models_list", responses=page_of(ModelOutput))
    def get(self, request, pk: int) -> Response:
        project = project_for(request.user, pk)
        page = self.paginate_queryset(
            Model.objects.filter(project=project).select_related("run").prefetch_related("exports")
        )
        return self.get_paginated_response(ModelOutput(page, many=True).data)


class ModelView(APIView):
    @extend_schema(operation_id="models_retrieve", responses=ModelOutput)
    def get(self, request, pk: int) -> Response:
        """The model with its card: data, figures, size."""
        return Response(ModelOutput(found(Model.objects, request.user, pk)).data)

    @extend_schema(operation_id="models_update", request=NameInput, responses=ModelOutput)
    def patch(self, request, pk: int) -> Response:
        model = found(Model.objects, request.user, pk, "label")
        body = NameInput(data=request.data)
        body.is_valid(raise_exception=True)
        name = body.validated_data["name"]
        with AuditEntry.objects.noting(request.user, "model.renamed", target=model, name=name):
            model.rename(name)
        return Response(ModelOutput(model).data)

    @extend_schema(operation_id="models_delete", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Delete the model and its files; the run that made it stays, with its figures."""
        model = found(Model.objects, request.user, pk, "label")
        with AuditEntry.objects.noting(request.user, "model.deleted", target=model):
            model.discard()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ModelFileView(APIView):
    @extend_schema(operation_id="models_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request, pk: int, kind: str) -> HttpResponseBase:
        """Download the model; a download that broke off can go on where it stopped."""
        model = found(Model.objects, request.user, pk)
        if kind not in model.formats:
            there = ", ".join(model.formats)
            raise NotFound(_("There is no such format of this model. There are: {there}.").format(there=there))
        name = file_there(model, kind)
        if begins(request):
            AuditEntry.objects.note(request.user, "model.downloaded", target=model, format=kind)
        filename = f"{slugify(model.name) or 'model'}{'' if kind == 'keras' else f'-{kind}'}{Path(name).suffix}"
        tag = f"model-{model.pk}-{default_storage.get_modified_time(name).timestamp()}"
        return send_file(request._request, name, filename, "application/octet-stream", tag)


def file_there(model: Model, kind: str) -> str:
    name = model.stored_file(kind)
    if not default_storage.exists(name):
        raise NotFound(_("The file of this model is gone from the storage."))
    return name
