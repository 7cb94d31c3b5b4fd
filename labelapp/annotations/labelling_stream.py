"""What happens on the images of a project, as a capped Redis stream: what the labelling pages read.

Losing it loses nothing: pages read an image's labels when they show it, and a stale change is answered by 409.
"""

import functools
import logging

import redis
from django.conf import settings
from django.db import transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

from labelapp.lib.streams import Event, append

LONGEST = 2000  # events
SECONDS_KEPT = 600
SECONDS_TO_WAIT = 0.5  # nobody's save waits longer for a Redis that hangs
MOST_IMAGES = 500  # in one event

logger = logging.getLogger(__name__)


def key_of(project: int) -> str:
    return f"project:{project}:labelling"


def tell_saved(project: int, author: int, saved: list[tuple[int, int, str]]) -> None:
    """After the commit: these images (id, revision, status) have other labels now."""
    parts = [saved[start : start + MOST_IMAGES] for start in range(0, len(saved), MOST_IMAGES)]
    events: list[Event] = [("saved", {"author": author, "images": part}) for part in parts]
    transaction.on_commit(lambda: publish(project, events), robust=True)


def tell_presence(project: int, event: str, user, image: int, tab: str) -> None:
    """``here`` or ``gone``: who looks at an image, from time to time as long as they do."""
    who = {"user": user.pk, "name": user.display_name, "tab": tab, "image": image}
    publish(project, [(event, who)])


def publish(project: int, events: list[Event]) -> None:
    try:
        append(client(), key_of(project), events, longest=LONGEST, seconds=SECONDS_KEPT)
    except redis.RedisError as error:
        logger.debug("Nobody is told of %s: %s", events, error)


@functools.cache
def client() -> redis.Redis:
    # Trying again would make somebody wait.
    retry = Retry(NoBackoff(), 0)
    timeout = SECONDS_TO_WAIT
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=timeout, socket_connect_timeout=timeout, retry=retry)
