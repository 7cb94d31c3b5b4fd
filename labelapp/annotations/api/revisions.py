from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from labelapp.annotations.api.annotations import state_response
from labelapp.annotations.api.serializers import ChangeOutput, StateOutput
from labelapp.annotations.models import Revision
from labelapp.images.models import Image
from labelapp.projects.access import found
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class RevisionsView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="images_revisions_list", responses=page_of(ChangeOutput))
    def get(self, request, pk: int):
        """Newest first."""
        image = found(Image.objects, request.user, pk)
        pages = self.pagination_class()
        revisions: Any = pages.paginate_queryset(image.revisions.select_related("author"), request, self)
        return pages.get_paginated_response([revision.change for revision in revisions])


class RevisionView(APIView):
    @extend_schema(responses=StateOutput)
    def get(self, request, pk: int, number: int):
        """The image's labels as they were."""
        image = found(Image.objects, request.user, pk)
        try:
            return state_response(Revision.objects.image_at(image, number))
        except Revision.DoesNotExist:
            raise Http404 from None


class RestoreView(APIView):
    @extend_schema(request=None, responses=StateOutput)
    def post(self, request, pk: int, number: int):
        """Append a revision that brings these labels back."""
        image = found(Image.objects, request.user, pk, "label")
        try:
            return state_response(Revision.objects.restore(image, number, request.user))
        except Revision.DoesNotExist:
            raise Http404 from None
