from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.annotations.api.annotations import state_response
from labelapp.annotations.api.assist import assisted
from labelapp.annotations.api.labellings import LabellingOutput
from labelapp.annotations.api.serializers import StateOutput, SuggestionOutput
from labelapp.annotations.assist.inputs import WITH_AREA
from labelapp.annotations.models import ImagePrediction, Labelling, Proposed, Revision, Suggestion, SuggestionState
from labelapp.annotations.models.proposal import DONE, LIKE_TOOLS
from labelapp.images.models import Image
from labelapp.projects.access import found, project_for, require
from labelapp.projects.errors import Conflict
from labelapp.projects.jobs import answer
from labelapp.projects.schema import all_of

SUGGESTIONS = all_of(SuggestionOutput)


class AcceptanceInput(serializers.Serializer):
    base_revision = serializers.IntegerField(min_value=0)
    key = serializers.UUIDField()
    geometry = serializers.DictField(required=False)

    def get_fields(self):
        return {"class": serializers.IntegerField(required=False, source="label_class")} | super().get_fields()


class AcceptanceAboveInput(serializers.Serializer):
    threshold = serializers.FloatField(min_value=0, max_value=1)
    model = serializers.IntegerField(required=False, allow_null=True, default=None)
    filters = serializers.DictField(required=False, default=dict)


def suggestion_for(user, pk) -> Suggestion:
    """A suggestion on an image that the person may label; 404 and 403 as ``found``."""
    suggestion = Suggestion.objects.visible_to(user).filter(pk=pk).select_related("image__project").first()
    if suggestion is None:
        raise Http404
    require(user, suggestion.image.project, "label")
    return suggestion


class LikenessInput(serializers.Serializer):
    tool = serializers.ChoiceField(LIKE_TOOLS)
    shape = serializers.ChoiceField(WITH_AREA)
    geometry = serializers.DictField(help_text="Of the shape that others are to be like.")

    def get_fields(self):
        return {"class": serializers.IntegerField(source="label_class")} | super().get_fields()


class SuggestionsView(APIView):
    @extend_schema(operation_id="suggestions_list", responses=SUGGESTIONS)
    def get(self, request, pk: int):
        """The open ones, best first."""
        image = found(Image.everything, request.user, pk)
        return self.opened(image)

    @extend_schema(operation_id="suggestions_find", request=LikenessInput, responses=SUGGESTIONS)
    def post(self, request, pk: int):
        """Find all that is like a shape, and suggest it as a class; answers all that is open then."""
        image = found(Image.everything, request.user, pk, "label")
        body = LikenessInput(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        label_class = image.project.classes.staying().filter(pk=given["label_class"]).first()
        if label_class is None:
            raise ValidationError({"class": _("The id of a class of this project is needed here.")})
        if not label_class.allows(given["shape"]):
            raise ValidationError({"class": _("This class is not for shapes of this kind.")})
        if image.status in DONE:
            raise Conflict(_("This image is labelled: it takes no suggestions until it is in progress again."))
        like = assisted(image, given["tool"], {"shape": given["shape"], "geometry": given["geometry"]})
        proposed = [Proposed(label_class.pk, each["score"], each["shape"], each["geometry"]) for each in like]
        Suggestion.objects.propose_found(given["tool"], label_class.pk, [ImagePrediction(image.pk, 0.0, proposed)])
        return self.opened(image)

    def opened(self, image: Image) -> Response:
        return Response({"results": [suggestion.row for suggestion in image.suggestions.open()]})


class AcceptanceView(APIView):
    @extend_schema(request=AcceptanceInput, responses=StateOutput)
    def put(self, request, pk):
        """Make an annotation of it; another class or geometry makes that semi-auto."""
        suggestion = suggestion_for(request.user, pk)
        body = AcceptanceInput(data=request.data)
        body.is_valid(raise_exception=True)
        return state_response(Revision.objects.accept(suggestion, request.user, **body.validated_data))


class RefusalView(APIView):
    @extend_schema(request=None, responses=SuggestionOutput)
    def put(self, request, pk):
        """The same model does not propose it again."""
        return Response(suggestion_for(request.user, pk).settle(SuggestionState.REFUSED, request.user).row)

    @extend_schema(responses={200: SuggestionOutput})
    def delete(self, request, pk):
        return Response(suggestion_for(request.user, pk).settle(SuggestionState.OPEN, request.user).row)


class AcceptanceAboveView(APIView):
    @extend_schema(request=AcceptanceAboveInput, responses={200: LabellingOutput, 202: LabellingOutput})
    def post(self, request, pk: int):
        """Accept all open suggestions on unlabelled images with at least this score.

        202 where a worker does it: with more than some hundred images.
        """
        project = project_for(request.user, pk, "label")
        body = AcceptanceAboveInput(data=request.data)
        body.is_valid(raise_exception=True)
        labelling = Labelling(project=project, created_by=request.user, **body.validated_data)
        return answer(LabellingOutput(labelling.begin()))
