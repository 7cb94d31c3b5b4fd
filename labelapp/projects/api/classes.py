from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.lib.twins import refusing_twins
from labelapp.projects.access import project_for
from labelapp.projects.api.serializers import ClassInput, ClassOutput
from labelapp.projects.models import AuditEntry, LabelClass
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class InOrder(KeysetPagination):
    page_size = 1000
    ordering = ("position", "id")


class ClassesView(GenericAPIView):
    serializer_class = ClassOutput
    pagination_class = InOrder

    @extend_schema(operation_id="classes_list", responses=page_of(ClassOutput))
    def get(self, request, pk: int) -> Response:
        page = self.paginate_queryset(project_for(request.user, pk).classes.all())
        return self.get_paginated_response(ClassOutput(page, many=True).data)

    @extend_schema(operation_id="classes_create", request=ClassInput, responses={201: ClassOutput})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "manage")
        body = ClassInput(data=request.data, context={"project": project})
        body.is_valid(raise_exception=True)
        with refusing_twins("name", _("There is a class of this name already.")):
            label_class = LabelClass.objects.add(project, **body.validated_data)
        AuditEntry.objects.note(request.user, "class.added", project=project, target=label_class)
        return Response(ClassOutput(label_class).data, status=status.HTTP_201_CREATED)


class ClassView(APIView):
    @extend_schema(operation_id="classes_retrieve", responses=ClassOutput)
    def get(self, request, pk: int, class_pk: int) -> Response:
        return Response(ClassOutput(self.found(request, pk, class_pk, "view")).data)

    @extend_schema(operation_id="classes_update", request=ClassInput, responses=ClassOutput)
    def patch(self, request, pk: int, class_pk: int) -> Response:
        label_class = self.found(request, pk, class_pk)
        context = {"project": label_class.project, "label_class": label_class}
        body = ClassInput(data=request.data, partial=True, context=context)
        body.is_valid(raise_exception=True)
        with refusing_twins("name", _("There is a class of this name already.")):
            label_class.change(request.user, **body.validated_data)
        return Response(ClassOutput(label_class).data)

    @extend_schema(operation_id="classes_delete", responses={204: None})
    def delete(self, request, pk: int, class_pk: int) -> Response:
        """Only a class without annotations; 409 tells how many there are. ``.../deletion/`` deletes them too."""
        self.found(request, pk, class_pk).remove(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def found(self, request, pk: int, class_pk: int, permission: str = "manage") -> LabelClass:
        project = project_for(request.user, pk, permission)
        return get_object_or_404(project.classes.select_related("project"), pk=class_pk)


class ClassOrderView(APIView):
    class ClassOrder(serializers.Serializer):
        ids = serializers.ListField(child=serializers.IntegerField(), help_text="Every class of the project, once.")

    @extend_schema(operation_id="classes_order", request=ClassOrder, responses=ClassOutput(many=True))
    def put(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "manage")
        body = self.ClassOrder(data=request.data)
        body.is_valid(raise_exception=True)
        LabelClass.objects.reorder(project, body.validated_data["ids"], request.user)
        return Response(ClassOutput(project.classes.all(), many=True).data)
