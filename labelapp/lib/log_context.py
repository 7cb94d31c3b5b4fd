"""What the lines of a log have in common while one request, task, job or run is worked on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from types import MappingProxyType
from typing import Any

Field = Any | Callable[[], Any]

_fields: ContextVar[Mapping[str, Field]] = ContextVar("log_fields", default=MappingProxyType({}))


def bind(**fields: Field) -> Token[Mapping[str, Field]]:
    """Add these to every line from now on; a callable is asked each time, and None is left out."""
    return _fields.set({**_fields.get(), **fields})


def release(token: Token[Mapping[str, Field]]) -> None:
    _fields.reset(token)


@contextmanager
def bound(**fields: Field) -> Iterator[None]:
    token = bind(**fields)
    try:
        yield
    finally:
        release(token)


def current() -> dict[str, Any]:
    found = {name: field() if callable(field) else field for name, field in _fields.get().items()}
    return {name: value for name, value in found.items() if value is not None}
