"""Where counts are kept that may be lost."""

from typing import Any


def caches(redis_url: str) -> dict[str, Any]:
    """The entries for ``CACHES``."""
    return {
        "default": {  # of this process; tries to sign in while Redis is away
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
        "tries": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": "tries",
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        },
    }
