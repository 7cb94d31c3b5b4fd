import secrets
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from labelapp.accounts.models.token import digest
from labelapp.lib.twins import refusing_twins
from labelapp.projects.errors import Conflict
from labelapp.projects.models.audit_entry import AuditEntry
from labelapp.projects.models.membership import Membership, Role, in_projects_of

LONGEST_DAYS, MOST_USES = 365, 1000


class InvitationState(models.TextChoices):
    OPEN = "open", _("Open")
    USED_UP = "used_up", _("Used up")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


WHY_CLOSED = {
    InvitationState.USED_UP: _("This invitation has been used already."),
    InvitationState.EXPIRED: _("This invitation has expired."),
    InvitationState.REVOKED: _("This invitation has been withdrawn."),
}


def why_closed(invitation: "Invitation") -> str:
    return str(WHY_CLOSED.get(InvitationState(invitation.state), _("This invitation does not work any more.")))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user) -> Self:
        """Those of their projects; site admins also see those to the site."""
        mine = in_projects_of(user, "project__")
        return self.filter(mine | Q(project=None) if user.administers_site else mine)

    def open(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), uses__lt=F("max_uses"))

    def with_secret(self, plain: str) -> "Invitation | None":
        return self.filter(digest=digest(plain)).select_related("project", "created_by").first()

    def make(self, maker, project, role: str, days: int, **fields) -> tuple["Invitation", str]:
        """A new invitation and the secret of its link, which is told once and kept as a digest only."""
        plain = secrets.token_urlsafe(24)
        until = timezone.now() + timedelta(days=days)
        with transaction.atomic():
            invitation = self.create(
                created_by=maker, project=project, role=role, expires_at=until, digest=digest(plain), **fields
            )
            AuditEntry.objects.note(maker, "invitation.made", project, invitation, role=role)
        return invitation, plain

    def revoke(self) -> None:
        self.open().update(revoked_at=timezone.now())


class Invitation(models.Model):
    """A link by which whoever has it becomes a member of a project, or gets an account where it names none."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, null=True, related_name="invitations")
    role = models.CharField(max_length=16, choices=Role, blank=True)
    note = models.CharField(max_length=200, blank=True)  # whom it is for, such as an e-mail address
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    max_uses = models.PositiveIntegerField(default=1)
    uses = models.PositiveIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.note or str(self.pk)

    @property
    def state(self) -> str:
        if self.revoked_at or (self.project and self.project.trashed_at):
            return InvitationState.REVOKED
        if self.uses >= self.max_uses:
            return InvitationState.USED_UP
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.OPEN

    def withdraw(self, actor) -> None:
        """The link stops working; nothing happens where it does not work any more."""
        with transaction.atomic():
            if Invitation.objects.open().filter(pk=self.pk).update(revoked_at=timezone.now()):
                AuditEntry.objects.note(actor, "invitation.withdrawn", self.project, self)
        self.refresh_from_db()

    def renew(self, actor) -> str:
        """Another secret for a link that was lost; the one before stops working."""
        plain = secrets.token_urlsafe(24)
        with transaction.atomic():
            if not Invitation.objects.open().filter(pk=self.pk).update(digest=digest(plain)):
                raise self._closed()
            AuditEntry.objects.note(actor, "invitation.renewed", self.project, self)
        return plain

    def offers(self, user) -> bool:
        """Whether it gives this person anything: a membership, or a larger role than they have."""
        if self.project is None:
            return False
        own = self.project.role_of(user)
        return own is None or Role(self.role).rank > Role(own).rank

    def join(self, user) -> bool:
        """Make the person a member; never takes a role away. Whether anything was given; only then is it used.

        Raises:
            Conflict: it does not work any more.
        """
        with transaction.atomic():
            if not self.offers(user):
                return False
            self._take(user)
            _membership, created = Membership.objects.update_or_create(
                project=self.project, user=user, defaults={"role": self.role}
            )
            verb = "member.joined" if created else "member.promoted"
            AuditEntry.objects.note(user, verb, self.project, user, role=self.role, invitation=self.pk)
        return True

    def register(self, username: str, password: str, name: str = ""):
        """Make an account for somebody who has none, and a member of it.

        Raises:
            ValidationError: names what cannot be used. Conflict: the invitation does not work any more.
        """
        taken = _now("Somebody has this username already.")
        with transaction.atomic():
            with refusing_twins("username", taken):
                person = get_user_model().objects.register(username, password, name)
            AuditEntry.objects.note(person, "person.registered", None, person, invitation=self.pk)
            self.welcome(person)
        return person

    def welcome(self, person) -> None:
        """To somebody whose account has just been made."""
        if self.project is None:
            self._take(person)
        else:
            self.join(person)

    def _take(self, user) -> None:
        """Of two who come at the same moment with a link for one, the condition lets one through."""
        if self.state != InvitationState.OPEN:
            raise self._closed()
        if not Invitation.objects.open().filter(pk=self.pk).update(uses=F("uses") + 1):
            raise self._closed()
        self.people.create(user=user)

    def _closed(self) -> Conflict:
        self.refresh_from_db()
        return Conflict(why_closed(self))


class InvitationUse(models.Model):
    """Who came by an invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
