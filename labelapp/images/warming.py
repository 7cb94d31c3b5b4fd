"""After a start: what people will look at first is read before they do."""

import logging
import threading

from django.conf import settings
from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery

from labelapp.images.models import Image
from labelapp.images.shelf import shelf
from labelapp.projects.models import Project

logger = logging.getLogger(__name__)


def warm_up() -> threading.Thread:
    """Fills the shelf in a thread of its own, which may be joined."""
    thread = threading.Thread(target=fill_shelf, name="warm-up", daemon=True)
    thread.start()
    return thread


def fill_shelf() -> None:
    """The catalogues of projects with the latest work, as many as this process may keep."""
    room = settings.CATALOGUE_IMAGES
    try:
        for project, images in by_latest_work():
            if images <= room:
                shelf.catalogue(project)
                room -= images
    except Exception:
        logger.exception("The catalogues were not read ahead: each is read when somebody first looks at its project.")
    finally:
        connection.close()


def by_latest_work() -> list[tuple[int, int]]:
    """Projects and their numbers of images, those first in which an image was changed last."""
    newest = Image.objects.kept().filter(project=OuterRef("pk")).order_by("-updated_at").values("updated_at")[:1]
    projects = Project.objects.kept().annotate(
        count=Count("images", filter=Q(images__copy_of=None)), newest=Subquery(newest)
    )
    return list(projects.exclude(count=0).order_by("-newest").values_list("pk", "count"))
