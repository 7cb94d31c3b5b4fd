"""The stream of events that a run prints: one JSON object a line on the real stdout, and nothing else there."""

import json
import os
import sys
import threading
import time
from typing import Any, Protocol, TextIO


class Events(Protocol):
    """Where events go: a stream for the command line, a list in tests."""

    def emit(self, event: str, **fields: Any) -> None:
        """Sends one event; `event` and `time` are added to the fields."""


class EventStream:
    """Writes events to a text stream, one whole line at a time, from any thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def emit(self, event: str, **fields: Any) -> None:
        """Writes one event. Not-a-number and infinity become null, since JSON has neither."""
        self.line({"event": event, "time": round(time.time(), 3), **fields})

    def line(self, value: Any) -> None:
        """Writes any value as one line of JSON."""
        self.text(json.dumps(finite(value), ensure_ascii=False, separators=(",", ":")))

    def text(self, text: str) -> None:
        """Writes one line as it is."""
        with self._lock:
            self._stream.write(text + "\n")
            self._stream.flush()


class EventList:
    """Keeps events in a list: for tests and for callers in the same process."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def emit(self, event: str, **fields: Any) -> None:
        """Appends one event."""
        self.events.append({"event": event, "time": time.time(), **fields})

    def of(self, event: str) -> list[dict[str, Any]]:
        """Returns the events of one kind, oldest first."""
        return [item for item in self.events if item["event"] == event]


def claim_stdout() -> TextIO:
    """Takes stdout for events: whatever else prints, native code too, goes to stderr from now on.

    Returns:
        A text stream on the real stdout.
    """
    sys.stdout.flush()
    real = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(real, "w", encoding="utf-8")


def finite(value: Any) -> Any:
    """Returns a value made of dicts, lists and scalars with every NaN and infinity replaced by None."""
    if isinstance(value, float):
        return value if value == value and value not in (float("inf"), float("-inf")) else None
    if isinstance(value, dict):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value
