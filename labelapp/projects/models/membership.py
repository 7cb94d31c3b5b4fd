from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from labelapp.projects.errors import Conflict


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    REVIEWER = "reviewer", _("Reviewer")
    ANNOTATOR = "annotator", _("Annotator")
    VIEWER = "viewer", _("Viewer")


# What each role may do. ``view``: see and export; ``label``: add images, label, freeze, train; ``review``: approve
# and send back; ``manage``: classes, members, deleting for good.
PERMISSIONS: dict[str, set[str]] = {
    Role.VIEWER: {"view"},
    Role.ANNOTATOR: {"view", "label"},
    Role.REVIEWER: {"view", "label", "review"},
    Role.OWNER: {"view", "label", "review", "manage"},
}


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
            self.role = role
            self.save(update_fields=["role"])

    def end(self) -> None:
        with transaction.atomic():
            self._leave_an_owner()
            self.delete()

    def _leave_an_owner(self) -> None:
        """Somebody else must own the project; the lock keeps two owners from leaving at the same moment."""
        type(self.project).objects.select_for_update().get(pk=self.project_id)
        others = Membership.objects.filter(project=self.project_id, role=Role.OWNER).exclude(pk=self.pk)
        if self.role == Role.OWNER and not others.exists():
            raise Conflict(_now("This is the last owner: make somebody else an owner first."), "in_use")
