"""How a line of the log looks: readable, or one JSON object for the collector of a server."""

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from labelapp.lib import log_context

FORMATS = ["text", "json"]
# ``context`` and ``where`` are ours; the others are for terminals (uvicorn) or repeat the message (Celery).
NOT_SHOWN = {*RESERVED_ATTRS, "context", "where", "color_message", "data"}


def configuration(format: str, level: str) -> dict[str, Any]:
    """The setting LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": "labelapp.lib.log_format.AddContext"}},
        "formatters": {
            "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s%(where)s"},
            "json": {"()": "labelapp.lib.log_format.JsonLine"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": format, "filters": ["context"]}},
        "root": {"handlers": ["console"], "level": level},
    }


class AddContext(logging.Filter):
    """On the handler, so that lines of libraries carry the context too."""

    def filter(self, record: logging.LogRecord) -> bool:
        if is_needless(record):
            return False
        context = log_context.current()
        # What the Celery worker says of a task before a process of the pool has it.
        about = getattr(record, "data", None)
        if isinstance(about, dict) and "id" in about:
            context = {"task_id": about["id"], "task": about.get("name")} | context
        record.context = context
        record.where = f" [{' '.join(f'{name}={value}' for name, value in context.items())}]" if context else ""
        return True


def is_needless(record: logging.LogRecord) -> bool:
    """What Celery says, three lines every five seconds, of tasks that only look whether anything was left behind; and
    what Django says of a refused request, which has its own line, without the secrets that an address may carry.
    """
    if record.name == "django.request":
        return getattr(record, "status_code", 500) < 500
    return record.name.startswith("celery.") and record.levelno <= logging.INFO and ".rescue_" in record.getMessage()


class JsonLine(JsonFormatter):
    """Time, level, logger, message, context, what the call gave as ``extra``, and an exception as fields."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname.lower()
        log_data["logger"] = record.name
        log_data["message"] = record.message
        log_data |= getattr(record, "context", {})
        for name, value in vars(record).items():
            if name not in NOT_SHOWN and isinstance(value, str | int | float | bool):
                log_data.setdefault(name, value)
        if record.exc_info and record.exc_info[0]:
            kind, error, trace = record.exc_info
            log_data["error"] = {
                "type": kind.__name__,
                "message": str(error),
                "trace": "".join(traceback.format_exception(kind, error, trace)),
            }


def leave_nothing_unformatted() -> None:
    """Warnings, and exceptions that end a process or a thread, become lines too: they would be many bare ones."""
    logger = logging.getLogger("labelapp")
    logging.captureWarnings(True)

    def tell(kind: Any, error: Any, trace: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logger.critical("This process ends: %s", error, exc_info=(kind, error, trace))

    sys.excepthook = tell
