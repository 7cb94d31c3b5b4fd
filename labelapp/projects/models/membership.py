from typing import Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from labelapp.projects.errors import Conflict
from labelapp.projects.models.audit_entry import AuditEntry


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    REVIEWER = "reviewer", _("Reviewer")
    ANNOTATOR = "annotator", _("Annotator")
    VIEWER = "viewer", _("Viewer")

    @property
    def rank(self) -> int:
        """Larger roles may all that smaller ones may."""
        return len(PERMISSIONS[self])


# What each role may do. ``view``: see and export; ``label``: add images, label, freeze, train; ``review``: approve
# and send back; ``manage``: classes, members, deleting for good.
PERMISSIONS: dict[str, set[str]] = {
    Role.VIEWER: {"view"},
    Role.ANNOTATOR: {"view", "label"},
    Role.REVIEWER: {"view", "label", "review"},
    Role.OWNER: {"view", "label", "review", "manage"},
}


def in_projects_of(user, project: str = "", in_trash: bool = False) -> Q:
    """What belongs to the projects that a person, or the token with which they act, sees.

    Args:
        user: The person.
        project: The way from a row to its project, for example ``image__project__``; empty for projects themselves.
        in_trash: Whether those in the trash count too, which are hidden otherwise.
    """
    mine = Q(**{f"{project}memberships__user": user})
    if not in_trash:
        mine &= Q(**{f"{project}trashed_at": None})
    token = getattr(user, "acting_token", None)
    return mine & Q(**{f"{project}id": token.project_id}) if token and token.project_id else mine


class MembershipQuerySet(models.QuerySet["Membership"]):
    def admit(self, project, username: str, role: str) -> "Membership":
        """Make the person of this name a member; ValidationError when there is none or they are one already."""
        user = get_user_model().objects.named(username)
        if user is None:
            raise ValidationError({"username": _now("Nobody here has this username.")})
        membership, created = self.get_or_create(project=project, user=user, defaults={"role": role})
        if not created:
            raise ValidationError({"username": _now("This person is a member already.")})
        return membership

    def only_owners(self) -> Self:
        """Of these, the memberships of people without whom a project would have no owner who can sign in."""
        others = Membership.objects.filter(project=OuterRef("project"), role=Role.OWNER, user__is_active=True)
        alone = ~Exists(others.exclude(user=OuterRef("user")))
        return self.filter(alone, role=Role.OWNER).select_related("project").order_by("project__name")

    def lock_projects(self) -> None:
        """Until the transaction ends: of two owners who go at the same moment one has to see the other gone."""
        projects = apps.get_model("projects", "Project").objects.order_by("pk")
        list(projects.select_for_update(no_key=True).filter(pk__in=self.values("project")))

    def hand_over(self, actor, successor) -> None:
        """Make somebody an owner of the projects of these memberships."""
        for membership in self:
            self.model.objects.update_or_create(
                project=membership.project, user=successor, defaults={"role": Role.OWNER}
            )
            AuditEntry.objects.note(actor, "project.handed_over", membership.project, successor)


class Membership(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role, default=Role.ANNOTATOR)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="one_role_per_person")]

    def become(self, role: str) -> None:
        with transaction.atomic():
            if role != Role.OWNER:
                self._leave_an_owner()
                self._withdraw_invitations()
            if "label" not in PERMISSIONS[role]:
                self._release_assignments()
            self.role = role
            self.save(update_fields=["role"])

    def end(self) -> None:
        with transaction.atomic():
            self._leave_an_owner()
            self._withdraw_invitations()
            self._release_assignments()
            self.delete()

    def _leave_an_owner(self) -> None:
        """Somebody else must own the project; the lock keeps two owners from leaving at the same moment."""
        self.project.lock()
        if Membership.objects.filter(pk=self.pk).only_owners().exists():
            raise Conflict(_now("This is the last owner: make somebody else an owner first."), "in_use")

    def _release_assignments(self) -> None:
        """What they were to label, somebody else can be asked for. The relation comes from a room to the right."""
        self.user.assignments.filter(project=self.project_id).release()

    def _withdraw_invitations(self) -> None:
        """Whoever may no longer invite must not come back by a link that they made before."""
        self.user.invitations.filter(project=self.project_id).revoke()
