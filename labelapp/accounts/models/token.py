import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from labelapp.accounts.scopes import OF_PERMISSION, Scope

LAST_USE_RESOLUTION = timedelta(minutes=1)


def every_scope() -> list[str]:
    return list(Scope.values)


class TokenQuerySet(models.QuerySet["Token"]):
    def issue(self, user, name: str, **limits) -> tuple["Token", str]:
        """Make a token; its plain text is returned once and only its digest is kept.

        Args:
            limits: ``scopes`` (all without it), ``project`` and ``expires_at`` (neither without them).
        """
        plain = secrets.token_urlsafe(32)
        return self.create(user=user, name=name, prefix=plain[:6], digest=digest(plain), **limits), plain

    def with_text(self, plain: str) -> "Token | None":
        return self.filter(digest=digest(plain), user__is_active=True).select_related("user").first()


class Token(models.Model):
    """A key for scripts: acts as its person, within its scopes, and in one project only where it names one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=6)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=every_scope)
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, null=True, related_name="tokens")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_from = models.CharField(max_length=64, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def allows(self, permission: str, project_id: int) -> bool:
        """Whether it leaves its person this permission of theirs in this project."""
        return self.project_id in (None, project_id) and not OF_PERMISSION[permission].isdisjoint(self.scopes)

    def covers(self, scopes: list[str], expires_at) -> bool:
        """Whether a token with these limits may do no more than this one, which makes it."""
        longer = self.expires_at and (expires_at is None or expires_at > self.expires_at)
        return self.project_id is None and set(scopes) <= set(self.scopes) and not longer

    def touch(self, address: str) -> None:
        """Note the use, at most once a minute: reading must not cost a write each time."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at > LAST_USE_RESOLUTION:
            self.used_at, self.used_from = now, address
            self.save(update_fields=["used_at", "used_from"])


def digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
