"""For site admins: who may sign in."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import generics, permissions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.log import note
from labelapp.accounts.models import User
from labelapp.accounts.models.user import taken
from labelapp.lib.twins import refusing_twins


class IsSiteAdmin(permissions.BasePermission):
    message = gettext_lazy("Only site admins can do this.")

    def has_permission(self, request, view) -> bool:
        return request.user.administers_site


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
        read_only_fields: tuple[str, ...] = ("date_joined", "last_login", "is_active")

    def validate_username(self, username: str) -> str:
        """Names that differ in capitals only would be taken for each other."""
        if User.objects.has(username):
            raise serializers.ValidationError(taken())
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
            note(request.user, "person.added", target=person)
        return Response(PersonSerializer(person).data | {"password": password}, status=status.HTTP_201_CREATED)


class Person(APIView):
    permission_classes = (permissions.IsAuthenticated, IsSiteAdmin)

    @extend_schema(request=ChangedPersonSerializer, responses=ChangedPersonSerializer)
    def patch(self, request, pk: int) -> Response:
        person = get_object_or_404(User, pk=pk)
        sent = ChangedPersonSerializer(person, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        fields = sent.validated_data
        with transaction.atomic():
            if not fields.get("is_superuser", True):
                person.stay_if_last_admin()
            person.change(request.user, **fields)
            note(request.user, "person.changed", target=person, fields=sorted(sent.validated_data))
        return Response(PersonSerializer(person).data)


class PersonDeactivation(APIView):
    """The state of an account that is closed; the person's name stays on their work."""

    permission_classes = (permissions.IsAuthenticated, IsSiteAdmin)

    class Successor(serializers.Serializer):
        successor = serializers.CharField(
            required=False, max_length=150, help_text="Username of who shall own the projects that nobody else owns."
        )

    @extend_schema(request=Successor, responses=PersonSerializer)
    def put(self, request, pk: int) -> Response:
        """Ends sign-in, sessions, tokens and open invitations at once; 409 names projects that nobody else owns."""
        person = get_object_or_404(User, pk=pk)
        sent = self.Successor(data=request.data)
        sent.is_valid(raise_exception=True)
        person.deactivate(request.user, self._successor(person, sent.validated_data.get("successor")))
        return Response(PersonSerializer(person).data)

    @extend_schema(request=None, responses={200: PersonSerializer})
    def delete(self, request, pk: int) -> Response:
        person = get_object_or_404(User, pk=pk)
        person.reactivate(request.user)
        return Response(PersonSerializer(person).data)

    def _successor(self, person: User, username: str | None) -> User | None:
        if username is None:
            return None
        successor = User.objects.named(username)
        if successor is None or successor == person:
            raise serializers.ValidationError({"successor": [_("Nobody else here has this username.")]})
        return successor


class PersonPassword(APIView):
    """A new temporary password for somebody who has forgotten theirs."""

    permission_classes = (permissions.IsAuthenticated, IsSiteAdmin)

    class TemporaryPassword(serializers.Serializer):
        password = serializers.CharField(help_text="Shown this once.")

    @extend_schema(request=None, responses=TemporaryPassword)
    def post(self, request, pk: int) -> Response:
        person = get_object_or_404(User, pk=pk)
        with transaction.atomic():
            note(request.user, "person.password_replaced", target=person)
            return Response({"password": person.reset_password()})
