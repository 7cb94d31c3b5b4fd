from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from labelapp.projects.models.membership import PERMISSIONS, Membership, Role


class Kind(models.TextChoices):
    CLASSIFICATION = "classification", _("Classification (one class per image)")
    MULTILABEL = "multilabel", _("Multi-label (several classes per image)")
    DETECTION = "detection", _("Detection")
    SEGMENTATION = "segmentation", _("Segmentation")
    KEYPOINTS = "keypoints", _("Keypoints")
    ANY = "any", _("Any")


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user) -> Self:
        return self.filter(memberships__user=user)

    def start(self, owner, **fields) -> "Project":
        """Make a project whose owner is ``owner``."""
        with transaction.atomic():
            project = self.create(created_by=owner, **fields)
            Membership.objects.create(project=project, user=owner, role=Role.OWNER)
        return project


class Project(models.Model):
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.ANY)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through=Membership, related_name="projects")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def role_of(self, user) -> str | None:
        return Membership.objects.filter(project=self, user=user).values_list("role", flat=True).first()

    def allows(self, user, permission: str) -> bool:
        return permission in PERMISSIONS.get(self.role_of(user) or "", set())
