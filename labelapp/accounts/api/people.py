"""For site admins: who may sign in."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, generics, permissions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import User
from labelapp.lib.twins import refusing_twins


class IsSiteAdmin(permissions.BasePermission):
    message = gettext_lazy("Only site admins can do this.")

    def has_permission(self, request, view) -> bool:
        return request.user.is_superuser


class LastAdmin(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class PersonSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="first_name", max_length=150, allow_blank=True, required=False)
    is_admin = serializers.BooleanField(source="is_superuser", required=False)

    class Meta:
        model = User
        fields: tuple[str, ...] = (
            "id",
            "username",
            "name",
            "email",
            "is_admin",
            "is_active",
            "date_joined",
            "last_login",
        )
        read_only_fields: tuple[str, ...] = ("date_joined", "last_login")

    def validate_username(self, username: str) -> str:
        """Names that differ in capitals only would be taken for each other."""
        if User.objects.filter(username__iexact=username).exists():
            raise serializers.ValidationError(_("Somebody has this username already."))
        return username


class ChangedPersonSerializer(PersonSerializer):
    class Meta(PersonSerializer.Meta):
        read_only_fields = (*PersonSerializer.Meta.read_only_fields, "username")


class NewPersonSerializer(PersonSerializer):
    password = serializers.CharField(read_only=True, help_text="A temporary password: shown this once.")

    class Meta(PersonSerializer.Meta):
        fields = (*PersonSerializer.Meta.fields, "password")


class People(generics.ListAPIView):
    permission_classes = (permissions.IsAuthenticated, IsSiteAdmin)
    serializer_class = PersonSerializer
    queryset = User.objects.all()

    @extend_schema(request=PersonSerializer, responses={201: NewPersonSerializer})
    def post(self, request) -> Response:
        """Add a person; the answer has a temporary password for them."""
        sent = PersonSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        with refusing_twins("username", _("Somebody has this username already.")):
            person, password = User.objects.invite(**sent.validated_data)
        return Response(PersonSerializer(person).data | {"password": password}, status=status.HTTP_201_CREATED)


class Person(APIView):
    permission_classes = (permissions.IsAuthenticated, IsSiteAdmin)

    @extend_schema(request=ChangedPersonSerializer, responses=ChangedPersonSerializer)
    def patch(self, request, pk: int) -> Response:
        person = get_object_or_404(User, pk=pk)
        sent = ChangedPersonSerializer(person, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        fields = sent.validated_data
        if person.is_last_admin() and not (fields.get("is_active", True) and fields.get("is_superuser", True)):
            raise LastAdmin(_("This is the only site admin. Make somebody else one first."))
        person.change(**fields)
        return Response(PersonSerializer(person).data)


class PersonPassword(APIView):
    """A new temporary password for somebody who has forgotten theirs."""

    permission_classes = (permissions.IsAuthenticated, IsSiteAdmin)

    class TemporaryPassword(serializers.Serializer):
        password = serializers.CharField(help_text="Shown this once.")

    @extend_schema(request=None, responses=TemporaryPassword)
    def post(self, request, pk: int) -> Response:
        return Response({"password": get_object_or_404(User, pk=pk).reset_password()})
