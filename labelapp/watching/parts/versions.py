"""What runs here."""

import platform
from importlib import metadata
from typing import Any

from django.utils.translation import gettext as _

from labelapp.version import VERSION
from labelapp.watching import broker, database
from labelapp.watching.asking import kept
from labelapp.watching.states import State

# By their metadata: importing TensorFlow would take seconds and half a gigabyte in the web process.
LIBRARIES = {
    "Django": ["django"], "Celery": ["celery"], "Keras": ["keras"], "TensorFlow": ["tensorflow", "tensorflow-cpu"],
    "OpenCV": ["opencv-python-headless"], "Pillow": ["pillow"],
}  # fmt: skip


@kept(60)
def read() -> dict[str, Any]:
    unapplied = database.unapplied_migrations()
    own = [{"name": "LabelApp", "version": VERSION}, {"name": "Python", "version": platform.python_version()}]
    servers = [{"name": _("Database"), "version": database.version()}, {"name": "Redis", "version": redis_version()}]
    libraries = [{"name": name, "version": installed(packages)} for name, packages in LIBRARIES.items()]
    return {
        "state": State.PROBLEM if unapplied else State.OK,
        "versions": own + servers + libraries,
        "unapplied_migrations": unapplied,
        "node": platform.node(),
    }


def installed(packages: list[str]) -> str:
    for package in packages:
        try:
            return metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return ""


def redis_version() -> str:
    """The versions of everything else are worth showing while Redis is away."""
    try:
        return str(broker.info()["redis_version"])
    except broker.redis.RedisError:
        return ""
