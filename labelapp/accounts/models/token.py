import hashlib
import secrets
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

LAST_USE_RESOLUTION = timedelta(minutes=1)


class TokenQuerySet(models.QuerySet["Token"]):
    def issue(self, user, name: str) -> tuple["Token", str]:
        """Make a token; its plain text is returned once and only its digest is kept."""
        plain = secrets.token_urlsafe(32)
        return self.create(user=user, name=name, prefix=plain[:6], digest=digest(plain)), plain

    def with_text(self, plain: str) -> Self:
        return self.filter(digest=digest(plain), user__is_active=True).select_related("user")


class Token(models.Model):
    """A key for scripts: acts as its person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=6)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def touch(self) -> None:
        """Note the use, at most once a minute: reading must not cost a write each time."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at > LAST_USE_RESOLUTION:
            self.used_at = now
            self.save(update_fields=["used_at"])


def digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
