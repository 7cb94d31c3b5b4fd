import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from labelapp.watching.finding import Finding, problem, warning, well

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
SHORTEST_KEY = 32


def check() -> Iterator[Finding]:
    yield secret_key()
    yield debug()
    yield hosts()
    if not is_local():
        yield https()
        yield proxies()


def is_local() -> bool:
    """Only this machine can reach it: what holds for servers would be in the way."""
    return set(settings.ALLOWED_HOSTS) <= LOCAL


def secret_key() -> Finding:
    name = "LABELAPP_SECRET_KEY"
    if len(settings.SECRET_KEY) < SHORTEST_KEY or settings.SECRET_KEY.startswith("django-insecure"):
        mend = _("Set it to 50 random characters, or leave it out: then one is made. Everybody signs in again after.")
        return problem(name, _("The secret key can be guessed."), mend)
    path = Path(settings.DATA_DIR) / "secret-key"
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return warning(name, _("Others on this machine can read the secret key."), f"chmod 600 {path}")
    return well(name, _("The secret key is long and kept to itself."))


def debug() -> Finding:
    if not settings.DEBUG:
        return well("LABELAPP_DEBUG", _("Debug pages are off."))
    mend = _("Unset LABELAPP_DEBUG and restart.")
    if is_local():
        return warning("LABELAPP_DEBUG", _("Debug pages are on: they show settings to whoever meets an error."), mend)
    return problem("LABELAPP_DEBUG", _("Debug pages are on, and others can reach this site."), mend)


def hosts() -> Finding:
    if "*" in settings.ALLOWED_HOSTS:
        mend = _("Name the hosts that people type, for example LABELAPP_HOSTS=label.example.org.")
        return warning("LABELAPP_HOSTS", _("The site answers to every host name."), mend)
    return well("LABELAPP_HOSTS", _("Answers to {hosts}.").format(hosts=", ".join(settings.ALLOWED_HOSTS)))


def https() -> Finding:
    if settings.HTTPS:
        return well("LABELAPP_HTTPS", _("Cookies travel over HTTPS only."))
    mend = _("Put a proxy with a certificate in front, and set LABELAPP_HTTPS=yes.")
    return warning("LABELAPP_HTTPS", _("Passwords and cookies travel unencrypted."), mend)


def proxies() -> Finding:
    count = settings.REST_FRAMEWORK["NUM_PROXIES"]
    if settings.HTTPS and not count:
        mend = _("Set LABELAPP_PROXIES to the number of proxies in front, usually 1.")
        text = _("The proxy's own address is taken for everybody's: sign-in limits count all people as one.")
        return warning("LABELAPP_PROXIES", text, mend)
    return well("LABELAPP_PROXIES", _("Proxies in front: {count}.").format(count=count))
