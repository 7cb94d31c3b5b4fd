from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.people import PersonOutput
from labelapp.annotations.models import Comment
from labelapp.images.models import Image
from labelapp.lib.numbers import LARGEST
from labelapp.projects.access import found, require
from labelapp.projects.schema import all_of

LONGEST = 10_000


class TextInput(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST)


class CommentInput(TextInput):
    place = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, required=False, allow_null=True,
        help_text="x and y in pixels of the upright original; the whole image when left out.",
    )  # fmt: skip
    annotation = serializers.UUIDField(required=False, allow_null=True, help_text="Id of the shape that is meant.")
    thread = serializers.IntegerField(
        min_value=1, max_value=LARGEST, required=False, allow_null=True, help_text="Id of the comment that is answered."
    )


class AnswerOutput(serializers.ModelSerializer):
    author = PersonOutput()

    class Meta:
        model = Comment
        fields = ["id", "text", "author", "created_at", "edited_at"]


class CommentOutput(AnswerOutput):
    """The first of a thread, with the answers."""

    place = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    resolved_by = PersonOutput(allow_null=True)
    answers = AnswerOutput(many=True)

    class Meta(AnswerOutput.Meta):
        fields = [
            *AnswerOutput.Meta.fields, "number", "place", "annotation", "resolved_at", "resolved_by", "answers",
        ]  # fmt: skip


class ImageCommentsView(APIView):
    @extend_schema(operation_id="images_comments_list", responses=all_of(CommentOutput))
    def get(self, request, pk: int) -> Response:
        """All threads of the image, by their number."""
        image = found(Image.everything, request.user, pk)
        return Response({"results": CommentOutput(image.comments.told(), many=True).data})

    @extend_schema(operation_id="images_comments_create", request=CommentInput, responses={201: CommentOutput})
    def post(self, request, pk: int) -> Response:
        """Begin a thread, or answer in one (`thread`); the answer is the whole thread."""
        image = found(Image.everything, request.user, pk, "label")
        body = CommentInput(data=request.data)
        body.is_valid(raise_exception=True)
        comment = Comment.objects.say(image, request.user, **body.validated_data)
        return Response(told(comment), status=status.HTTP_201_CREATED)


class CommentView(APIView):
    @extend_schema(operation_id="comments_update", request=TextInput, responses=CommentOutput)
    def patch(self, request, pk: int) -> Response:
        """One's own; the answer is the whole thread."""
        comment = comment_for(request.user, pk)
        comment.require_author(request.user)
        body = TextInput(data=request.data)
        body.is_valid(raise_exception=True)
        comment.edit(**body.validated_data)
        return Response(told(comment))

    @extend_schema(operation_id="comments_destroy", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """One's own, with its answers where these are one's own too; owners delete any."""
        comment_for(request.user, pk).remove(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ResolutionView(APIView):
    """Being resolved is a state: PUT resolves a thread, DELETE opens it again. Both may be said twice."""

    @extend_schema(operation_id="comments_resolve", request=None, responses=CommentOutput)
    def put(self, request, pk: int) -> Response:
        comment = comment_for(request.user, pk)
        comment.resolve(request.user)
        return Response(told(comment))

    @extend_schema(operation_id="comments_reopen", request=None, responses={200: CommentOutput})
    def delete(self, request, pk: int) -> Response:
        comment = comment_for(request.user, pk)
        comment.unresolve(request.user)
        return Response(told(comment))


def comment_for(user, pk: int) -> Comment:
    """For whom may write at all; whose it must be, the verbs say."""
    comments = Comment.objects.visible_to(user).select_related("image__project", "author")
    comment = get_object_or_404(comments, pk=pk)
    require(user, comment.project, "label")
    return comment


def told(comment: Comment) -> Any:
    """The thread that it is in."""
    (thread,) = Comment.objects.filter(pk=comment.thread_id or comment.pk).told()
    return CommentOutput(thread).data
