from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Membership(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role, default=Role.ANNOTATOR)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="one_role_per_person")]
