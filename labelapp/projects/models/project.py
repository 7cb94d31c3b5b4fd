from collections.abc import Iterable
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from labelapp.projects.models.audit_entry import AuditEntry
from labelapp.projects.models.label_class import LabelClass
from labelapp.projects.models.membership import PERMISSIONS, Membership, Role, in_projects_of
from labelapp.projects.models.project_trash import ProjectTrash, TrashedProjects

COVER_IMAGES = 4


def cover_image(at: int) -> str:
    return f"cover_image_{at}"


class Kind(models.TextChoices):
    CLASSIFICATION = "classification", _("Classification (one class per image)")
    MULTILABEL = "multilabel", _("Multi-label (several classes per image)")
    DETECTION = "detection", _("Detection")
    SEGMENTATION = "segmentation", _("Segmentation")
    KEYPOINTS = "keypoints", _("Keypoints")
    ANY = "any", _("Any")


WHOLE_IMAGES = (Kind.CLASSIFICATION, Kind.MULTILABEL)  # nothing is drawn on these


class ProjectQuerySet(TrashedProjects):
    def visible_to(self, user) -> Self:
        """Those outside the trash, each with ``own_role``, the person's."""
        return self.filter(in_projects_of(user)).annotate(own_role=models.F("memberships__role"))

    def with_covers(self) -> Self:
        """Each with what ``cover`` needs; one query for all, in which every project looks up its own."""
        # By hash: a mixture that stays the same, where the first images would often be of one class.
        images = apps.get_model("images", "Image").objects.filter(project=OuterRef("pk"), trashed_at=None)
        ids = images.order_by("sha256").values("pk")
        return self.annotate(**{cover_image(at): Subquery(ids[at : at + 1]) for at in range(COVER_IMAGES)})

    def start(self, owner, classes: Iterable[str] = (), **fields) -> "Project":
        """Make a project whose owner is ``owner``; ``classes`` are names of its first label classes."""
        with transaction.atomic():
            project = self.create(created_by=owner, **fields)
            Membership.objects.create(project=project, user=owner, role=Role.OWNER)
            for name in classes:
                LabelClass.objects.add(project, name)
            AuditEntry.objects.note(owner, "project.created", project, project)
        return project


class Project(ProjectTrash):
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.ANY)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    quota_bytes = models.BigIntegerField(null=True, editable=False)  # set by site admins; null: the site's default
    numbers = models.JSONField(default=dict, editable=False)  # how many versions and runs it has ever had
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through=Membership, related_name="projects")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def role_of(self, user) -> str | None:
        return Membership.objects.filter(project=self, user=user).values_list("role", flat=True).first()

    def allows(self, user, permission: str) -> bool:
        """Whether their role does, and the token with which they act where they act with one."""
        token = getattr(user, "acting_token", None)
        by_role = permission in PERMISSIONS.get(self.role_of(user) or "", set())
        return by_role and (token is None or token.allows(permission, self.pk))

    @property
    def cover(self) -> list[str]:
        """Thumbnails of some of its images: the project's picture. Lists have them at hand by ``with_covers``."""
        if not hasattr(self, cover_image(0)):
            return type(self).objects.with_covers().get(pk=self.pk).cover
        ids = (getattr(self, cover_image(at)) for at in range(COVER_IMAGES))
        return [f"/api/images/{pk}/thumbnail/" for pk in ids if pk is not None]

    def change(self, **fields) -> None:
        """Raises ValidationError when the images do not fit the new kind."""
        if fields.get("kind") == Kind.CLASSIFICATION != self.kind:
            self._refuse_several_classes()
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=[*fields, "updated_at"])

    def _refuse_several_classes(self) -> None:
        tagged = self.images.filter(annotations__shape="tag").annotate(tags=models.Count("annotations"))
        if count := tagged.filter(tags__gt=1).count():
            message = _("{count} images have several classes; leave each with one first.")
            raise ValidationError({"kind": [message.format(count=count)]})

    def lock(self) -> "Project":
        """The project as it is now, which nobody else can lock until the transaction ends.

        Whoever locks classes or images as well locks the project first, so that no two wait for each other. What
        belongs to the project can still be added: its key stays.
        """
        return Project.objects.select_for_update(no_key=True).get(pk=self.pk)

    def take_number(self, kind: str) -> int:
        """The next number of a version or a run; none is given twice, not even after a deletion."""
        with transaction.atomic():
            row = self.lock()
            row.numbers[kind] = row.numbers.get(kind, 0) + 1
            row.save(update_fields=["numbers"])
        return row.numbers[kind]
