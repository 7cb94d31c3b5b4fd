from typing import Any

from django.apps import apps
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.log import note
from labelapp.accounts.models import Token
from labelapp.accounts.models.token import every_scope
from labelapp.accounts.scopes import Scope


class OwnProjects(serializers.PrimaryKeyRelatedField):
    """A project of the person who asks; any other is not there."""

    def get_queryset(self):
        return apps.get_model("projects", "Project").objects.visible_to(self.context["request"].user)


class TokenSerializer(serializers.ModelSerializer):
    scopes = serializers.ListField(
        child=serializers.ChoiceField(Scope.choices),
        required=False,
        help_text="What it may do; `read` always, everything when nothing is said.",
    )
    project = OwnProjects(required=False, allow_null=True, help_text="Only in this project; null: in all.")
    project_name = serializers.CharField(source="project.name", read_only=True, default=None, allow_null=True)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)

    class Meta:
        model = Token
        fields: tuple[str, ...] = (
            "id", "name", "prefix", "scopes", "project", "project_name",
            "created_at", "expires_at", "used_at", "used_from",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = ("prefix", "created_at", "used_at", "used_from")

    def validate(self, attrs):
        """A misspelt limit would be none: the token might do everything."""
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError({name: _("There is no such field.") for name in sorted(unknown)})
        return attrs

    def validate_scopes(self, given: list[str]) -> list[str]:
        return [scope for scope in every_scope() if scope == Scope.READ or scope in given]

    def validate_expires_at(self, moment):
        if moment and moment <= timezone.now():
            raise serializers.ValidationError(_("This time is past."))
        return moment


class NewTokenSerializer(TokenSerializer):
    token = serializers.CharField(read_only=True, help_text="The token itself: shown this once and never again.")

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "token")


class Tokens(generics.ListAPIView):
    """One's own tokens."""

    serializer_class = TokenSerializer

    def get_queryset(self):
        return Token.objects.filter(user=self.request.user.pk).select_related("project")

    @extend_schema(request=TokenSerializer, responses={201: NewTokenSerializer})
    def post(self, request) -> Response:
        sent = TokenSerializer(data=request.data, context={"request": request})
        sent.is_valid(raise_exception=True)
        limits: dict[str, Any] = {"scopes": every_scope(), "expires_at": None} | sent.validated_data
        maker = request.user.acting_token
        if maker and not maker.covers(limits["scopes"], limits["expires_at"]):
            raise PermissionDenied(_("A token cannot make one that may do more, or for longer, than itself."))
        with transaction.atomic():
            token, plain = Token.objects.issue(request.user, **limits)
            note(request.user, "token.made", target=token, scopes=token.scopes, project=token.project)
        return Response(TokenSerializer(token).data | {"token": plain}, status=status.HTTP_201_CREATED)


class OneToken(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Revoke it: scripts that use it are refused from now on."""
        token = get_object_or_404(Token, user=request.user, pk=pk)
        with transaction.atomic():
            note(request.user, "token.revoked", target=token, project=token.project)
            token.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
