"""What the supervisor prints: its children's lines with their names, in the form that LABELAPP_LOG_FORMAT asks for."""

import json
from datetime import UTC, datetime


def readable(service: str, line: str) -> str:
    return f"{service:<6} | {line}" if service else line


def as_json(service: str, line: str) -> str:
    """A child's own JSON line gains its name; what is none (of Redis, of a crash at start) becomes one."""
    service = service or "serve"
    if line.startswith('{"'):
        return f'{{"service": {json.dumps(service)}, {line[1:]}'
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return json.dumps({"service": service, "time": now, "level": "info", "logger": service, "message": line})


FORMS = {"text": readable, "json": as_json}
