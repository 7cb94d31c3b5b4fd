"""Capped Redis streams of events, as ``lib.hub`` reads them. Losing one loses nothing that is kept elsewhere."""

import json
from typing import Any

import redis

Event = tuple[str, dict[str, Any]]


def append(client: redis.Redis, key: str, events: list[Event], *, longest: int, seconds: int) -> None:
    """Add events in one go; the stream holds about ``longest``, and is gone after so many seconds without a new one.

    Raises:
        redis.RedisError: Redis is away.
    """
    pipe = client.pipeline(transaction=False)
    for event, data in events:
        fields: Any = {"event": event, "data": json.dumps(data)}
        pipe.xadd(key, fields, maxlen=longest, approximate=True)
    pipe.expire(key, seconds)
    pipe.execute()
