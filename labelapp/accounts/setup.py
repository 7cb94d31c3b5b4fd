"""The first account of an empty database: by a one-time link that the console prints, or from the environment."""

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from labelapp.accounts.models import User
from labelapp.accounts.models.token import digest
from labelapp.lib import environment as env


def announce_setup() -> str | None:
    """The path of the one-time link for the first account; None when there is one already."""
    if ensure_owner() or not setup_needed():
        token_file().unlink(missing_ok=True)
        return None
    plain = secrets.token_urlsafe(24)
    file = os.open(token_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w") as kept:
        kept.write(digest(plain))
    return reverse("setup-link", args=[plain])


def ensure_owner() -> User | None:
    """The account that LABELAPP_ADMIN_USERNAME and LABELAPP_ADMIN_PASSWORD name, made when it is missing."""
    username, password = env.text("LABELAPP_ADMIN_USERNAME"), env.text("LABELAPP_ADMIN_PASSWORD")
    if not (username and password):
        return None
    return User.objects.filter(username=username).first() or User.objects.start(username, password)


def setup_needed() -> bool:
    return not User.objects.exists()


def link_fits(plain: str) -> bool:
    """Whether this is the link that was printed last and nobody has used."""
    try:
        kept = token_file().read_text()
    except OSError:
        return False
    return setup_needed() and hmac.compare_digest(kept, digest(plain))


def use_link(plain: str, username: str, password: str) -> User | None:
    """Make the first account; None when somebody else was faster."""
    if not link_fits(plain):
        return None
    try:
        token_file().unlink()  # of two at once only one can
    except FileNotFoundError:
        return None
    return User.objects.start(username, password)


def token_file() -> Path:
    return Path(settings.DATA_DIR) / "setup-token"
