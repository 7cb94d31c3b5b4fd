from django.contrib.auth import password_validation, update_session_auth_hash
from django.core import exceptions as django_exceptions
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.log import note
from labelapp.accounts.models import User
from labelapp.accounts.sign_on.connection import disconnect
from labelapp.accounts.throttling import OwnPasswordThrottle


class MeSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="first_name", max_length=150, allow_blank=True, required=False)
    is_admin = serializers.BooleanField(source="is_superuser", read_only=True)

    class Meta:
        model = User
        fields = ("id", "username", "name", "email", "is_admin", "date_joined")
        read_only_fields = ("username", "date_joined")


class Me(APIView):
    """The person who asks."""

    open_to_project_tokens = True

    @extend_schema(responses=MeSerializer)
    def get(self, request) -> Response:
        return Response(MeSerializer(request.user).data)

    @extend_schema(request=MeSerializer, responses=MeSerializer)
    def patch(self, request) -> Response:
        sent = MeSerializer(request.user, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        request.user.change(request.user, **sent.validated_data)
        return Response(MeSerializer(request.user).data)


class Password(APIView):
    class PasswordChange(serializers.Serializer):
        current_password = serializers.CharField(trim_whitespace=False, max_length=1000)
        new_password = serializers.CharField(trim_whitespace=False, max_length=1000)

    def get_throttles(self):
        self.throttle = OwnPasswordThrottle()
        return [self.throttle]

    @extend_schema(request=PasswordChange, responses={204: None})
    def post(self, request) -> Response:
        sent = self.PasswordChange(data=request.data)
        sent.is_valid(raise_exception=True)
        if not request.user.check_password(sent.validated_data["current_password"]):
            raise ValidationError({"current_password": [_("This is not your present password.")]})
        self.throttle.tries.take_back()
        new = sent.validated_data["new_password"]
        check_password(new, request.user, "new_password")
        request.user.set_password(new)
        with transaction.atomic():
            request.user.save(update_fields=["password"])
            note(request.user, "person.password_changed", target=request.user)
        if request.user.acting_token is None:
            update_session_auth_hash(request, request.user)  # else this very browser would be signed out
        return Response(status=status.HTTP_204_NO_CONTENT)


class Sessions(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request) -> Response:
        """Sign out everywhere else: every session ends but the one that asks."""
        with transaction.atomic():
            request.user.end_sessions()
            note(request.user, "person.signed_out", target=request.user)
        if request.user.acting_token is None:
            update_session_auth_hash(request, request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignOn(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request) -> Response:
        """Disconnect the account from the sign-on service; 409 where there would be no other way in."""
        with transaction.atomic():
            if not disconnect(request.user):
                raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)


def check_password(password: str, user: User, field: str) -> None:
    try:
        password_validation.validate_password(password, user)
    except django_exceptions.ValidationError as problem:
        raise ValidationError({field: list(problem.messages)}) from None
