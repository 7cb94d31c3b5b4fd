from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.throttling import InvitationThrottle
from labelapp.projects.models import Invitation, Role
from labelapp.projects.models.invitation import InvitationState


class JoinView(APIView):
    """An invitation, for whoever has its link."""

    permission_classes = (AllowAny,)
    throttle_classes = (InvitationThrottle,)
    site_wide = True

    class InvitationSeen(serializers.ModelSerializer):
        project = serializers.CharField(source="project.name", allow_null=True, default=None)
        created_by = serializers.CharField(source="created_by.display_name")
        role = serializers.ChoiceField(Role.choices, allow_blank=True)
        state = serializers.ChoiceField(InvitationState.choices)

        class Meta:
            model = Invitation
            fields = ("project", "role", "created_by", "expires_at", "state")

    class NewAccount(serializers.Serializer):
        username = serializers.CharField(max_length=150)
        name = serializers.CharField(max_length=150, required=False, allow_blank=True)
        password = serializers.CharField(trim_whitespace=False, max_length=1000)

    class Joined(serializers.Serializer):
        username = serializers.CharField()
        project = serializers.IntegerField(allow_null=True, help_text="Its id; null for an invitation to the site.")
        role = serializers.CharField(allow_null=True, help_text="The one that the person has now.")
        joined = serializers.BooleanField(help_text="Whether the invitation gave anything that was not there.")

    @extend_schema(responses=InvitationSeen)
    def get(self, request, secret: str) -> Response:
        return Response(self.InvitationSeen(invitation_behind(secret)).data)

    @extend_schema(request=NewAccount, responses={200: Joined, 201: Joined})
    def post(self, request, secret: str) -> Response:
        """Join: with a session or a token as oneself, else with an account that is made; 409 when it is closed."""
        invitation = invitation_behind(secret)
        if request.user.is_authenticated:
            joined = invitation.join(request.user)
            return Response(self._answer(invitation, request.user, joined))
        sent = self.NewAccount(data=request.data)
        sent.is_valid(raise_exception=True)
        person = invitation.register(**sent.validated_data)
        return Response(self._answer(invitation, person, True), status=status.HTTP_201_CREATED)

    def _answer(self, invitation: Invitation, person, joined: bool) -> dict:
        role = invitation.project.role_of(person) if invitation.project else None
        return {"username": person.username, "project": invitation.project_id, "role": role, "joined": joined}


def invitation_behind(secret: str) -> Invitation:
    invitation = Invitation.objects.with_secret(secret)
    if invitation is None:
        raise Http404
    return invitation
