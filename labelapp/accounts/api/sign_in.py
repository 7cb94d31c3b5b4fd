from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import Token
from labelapp.accounts.throttling import AccountThrottle


class SignIn(APIView):
    """A token for a username and a password."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_throttles(self):
        self.account = AccountThrottle()
        return [self.account]

    class Credentials(serializers.Serializer):
        username = serializers.CharField(max_length=150)
        password = serializers.CharField(trim_whitespace=False, max_length=1000)
        name = serializers.CharField(
            max_length=100, default="API sign-in", help_text="What the token is for; shown on the profile page."
        )

    class IssuedToken(serializers.Serializer):
        token = serializers.CharField()

    @extend_schema(request=Credentials, responses=IssuedToken, auth=[])
    def post(self, request) -> Response:
        sent = self.Credentials(data=request.data)
        sent.is_valid(raise_exception=True)
        name = sent.validated_data.pop("name")
        user = authenticate(request, **sent.validated_data)
        if user is None:
            raise ValidationError(_("The username or the password is wrong."))
        self.account.succeeded(request)
        _token, plain = Token.objects.issue(user, name)
        return Response({"token": plain})
