from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from labelapp.annotations.api.annotations import state_response
from labelapp.annotations.api.serializers import StateOutput
from labelapp.annotations.models import Review, Verdict
from labelapp.images.models import Image
from labelapp.projects.access import found
from labelapp.projects.paging import KeysetPagination
from labelapp.projects.schema import page_of


class VerdictInput(serializers.Serializer):
    base_revision = serializers.IntegerField(min_value=0, required=False, help_text="The revision that was looked at.")
    key = serializers.UUIDField(required=False)


class SendingBackInput(VerdictInput):
    comment = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class ReviewOutput(serializers.ModelSerializer):
    author = serializers.CharField(source="author.get_username")

    class Meta:
        model = Review
        fields = ["id", "revision", "verdict", "comment", "author", "created_at"]


class VerdictView(APIView):
    """One verdict as a noun that is put and taken away. A subclass names it."""

    verdict: Verdict
    body: type[VerdictInput] = VerdictInput

    def put(self, request, pk: int):
        image = found(Image.objects, request.user, pk, "review")
        body = self.body(data=request.data)
        body.is_valid(raise_exception=True)
        return state_response(Review.objects.give(image, request.user, self.verdict, **body.validated_data))

    @extend_schema(responses={200: StateOutput})
    def delete(self, request, pk: int):
        image = found(Image.objects, request.user, pk, "review")
        return state_response(Review.objects.withdraw(image, request.user, self.verdict))


@extend_schema(request=VerdictInput, responses={200: StateOutput})
class ApprovalView(VerdictView):
    verdict = Verdict.APPROVED


@extend_schema(request=SendingBackInput, responses={200: StateOutput})
class SendingBackView(VerdictView):
    verdict = Verdict.SENT_BACK
    body = SendingBackInput


class ReviewsView(APIView):
    pagination_class = KeysetPagination

    @extend_schema(operation_id="images_reviews_list", responses=page_of(ReviewOutput))
    def get(self, request, pk: int):
        image = found(Image.objects, request.user, pk)
        pages = self.pagination_class()
        reviews: Any = pages.paginate_queryset(image.reviews.select_related("author"), request, self)
        return pages.get_paginated_response(ReviewOutput(reviews, many=True).data)
