from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.projects.access import found, project_for
from labelapp.projects.models import Invitation, Role
from labelapp.projects.models.invitation import LONGEST_DAYS, MOST_USES, InvitationState
from labelapp.projects.schema import page_of


class SiteInvitationInput(serializers.Serializer):
    days = serializers.IntegerField(default=7, min_value=1, max_value=LONGEST_DAYS, help_text="How long it works.")
    max_uses = serializers.IntegerField(default=1, min_value=1, max_value=MOST_USES, help_text="For how many people.")
    note = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="Whom it is for, such as an e-mail address."
    )


class InvitationInput(SiteInvitationInput):
    role = serializers.ChoiceField(Role.choices, default=Role.ANNOTATOR)


class InvitationOutput(serializers.ModelSerializer):
    state = serializers.ChoiceField(InvitationState.choices, read_only=True)
    created_by = serializers.CharField(source="created_by.listed_name")
    people = serializers.SerializerMethodField(help_text="Names of who came by it.")

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = (
            "id", "project", "role", "note", "state", "max_uses", "uses", "people",
            "created_by", "created_at", "expires_at", "revoked_at",
        )  # fmt: skip

    def get_people(self, invitation: Invitation) -> list[str]:
        return [use.user.listed_name for use in invitation.people.all()]


class LinkOutput(serializers.Serializer):
    link = serializers.CharField(help_text="Shown this once: only a digest of it is kept.")


class NewInvitationOutput(InvitationOutput):
    link = LinkOutput().fields["link"]

    class Meta(InvitationOutput.Meta):
        fields = (*InvitationOutput.Meta.fields, "link")


PAGE = page_of(InvitationOutput)


def link_to(request, plain: str) -> str:
    return request.build_absolute_uri(reverse("join", args=[plain]))


class InvitationList(GenericAPIView):
    serializer_class = InvitationOutput

    def answer(self, invitations) -> Response:
        page = self.paginate_queryset(invitations.select_related("created_by").prefetch_related("people__user"))
        return self.get_paginated_response(InvitationOutput(page, many=True).data)

    def make(self, request, project, sent: serializers.Serializer) -> Response:
        sent.is_valid(raise_exception=True)
        given = {"role": ""} | cast(dict, sent.validated_data)
        invitation, plain = Invitation.objects.make(request.user, project, **given)
        body = InvitationOutput(invitation).data | {"link": link_to(request, plain)}
        return Response(body, status=status.HTTP_201_CREATED)


class ProjectInvitationsView(InvitationList):
    @extend_schema(operation_id="invitations_list", responses=PAGE)
    def get(self, request, pk: int) -> Response:
        return self.answer(Invitation.objects.filter(project=project_for(request.user, pk, "manage")))

    @extend_schema(operation_id="invitations_create", request=InvitationInput, responses={201: NewInvitationOutput})
    def post(self, request, pk: int) -> Response:
        project = project_for(request.user, pk, "manage")
        return self.make(request, project, InvitationInput(data=request.data))


class SiteInvitationsView(InvitationList):
    """Invitations that give an account and no project."""

    site_wide = True

    @extend_schema(operation_id="site_invitations_list", responses=PAGE)
    def get(self, request) -> Response:
        require_admin(request.user)
        return self.answer(Invitation.objects.filter(project=None))

    @extend_schema(
        operation_id="site_invitations_create", request=SiteInvitationInput, responses={201: NewInvitationOutput}
    )
    def post(self, request) -> Response:
        require_admin(request.user)
        return self.make(request, None, SiteInvitationInput(data=request.data))


class InvitationView(APIView):
    @extend_schema(operation_id="invitations_delete", responses={204: None})
    def delete(self, request, pk: int) -> Response:
        """Withdraw it: the link stops working at once."""
        invitation_for(request.user, pk).withdraw(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class InvitationLinkView(APIView):
    @extend_schema(operation_id="invitations_link", request=None, responses=LinkOutput)
    def post(self, request, pk: int) -> Response:
        """Another link for the same invitation; the one before stops working."""
        return Response({"link": link_to(request, invitation_for(request.user, pk).renew(request.user))})


def invitation_for(user, pk: int) -> Invitation:
    """One to the site is for site admins, and found by nobody else."""
    invitation = Invitation.objects.visible_to(user).filter(pk=pk, project=None).first()
    return invitation or found(Invitation.objects, user, pk, "manage")


def require_admin(user) -> None:
    if not user.administers_site:
        raise PermissionDenied(_("Only site admins can do this."))
