from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import Token


class TokenSerializer(serializers.ModelSerializer):
    class Meta:
        model = Token
        fields: tuple[str, ...] = ("id", "name", "prefix", "created_at", "used_at")
        read_only_fields: tuple[str, ...] = ("prefix", "created_at", "used_at")


class NewTokenSerializer(TokenSerializer):
    token = serializers.CharField(read_only=True, help_text="The token itself: shown this once and never again.")

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "token")


class Tokens(generics.ListAPIView):
    """One's own tokens."""

    serializer_class = TokenSerializer

    def get_queryset(self):
        return Token.objects.filter(user=self.request.user.pk)

    @extend_schema(request=TokenSerializer, responses={201: NewTokenSerializer})
    def post(self, request) -> Response:
        sent = TokenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        token, plain = Token.objects.issue(request.user, **sent.validated_data)
        return Response(TokenSerializer(token).data | {"token": plain}, status=status.HTTP_201_CREATED)


class OneToken(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Revoke it: scripts that use it are refused from now on."""
        get_object_or_404(Token, user=request.user, pk=pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
