"""Asking what may be dead or slow, without waiting for it for ever, and without asking all the time."""

import contextvars
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from functools import wraps
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")


class NoAnswer(Exception):
    """Its text is for a person."""


_under_way: dict[str, Future[Any]] = {}
_lock = threading.Lock()


def within(seconds: float, name: str, ask: Callable[[], T]) -> T:
    """What ``ask`` returns, or NoAnswer; one that still hangs is waited for, not asked a second time.

    Never for the database: another thread would have a connection of its own.
    """
    with _lock:
        answer = _under_way.get(name)
        if answer is None:
            answer = _under_way[name] = Future()
            run = contextvars.copy_context().run
            threading.Thread(target=run, args=[_answer, name, answer, ask], name=f"asking {name}", daemon=True).start()
    try:
        return answer.result(seconds)
    except TookTooLong:
        raise NoAnswer(_("No answer within {seconds:g} seconds.").format(seconds=seconds)) from None


def _answer(name: str, answer: Future[Any], ask: Callable[[], Any]) -> None:
    try:
        found = ask()
    except BaseException as error:
        answer.set_exception(error)
    else:
        answer.set_result(found)
    finally:
        with _lock:
            _under_way.pop(name, None)


class Kept(Generic[T]):
    """A function whose answer is good for some seconds; who comes while it is looked up waits for that answer."""

    everything: list["Kept[Any]"] = []

    def __init__(self, seconds: float, ask: Callable[[], T]):
        self._seconds = seconds
        self._ask = ask
        self._lock = threading.Lock()
        self._until = 0.0
        self.everything.append(self)

    def __call__(self) -> T:
        with self._lock:
            if time.monotonic() >= self._until:
                self._answer = self._ask()
                self._until = time.monotonic() + self._seconds
            return self._answer

    def forget(self) -> None:
        self._until = 0.0


def kept(seconds: float) -> Callable[[Callable[[], T]], Kept[T]]:
    def decorate(ask: Callable[[], T]) -> Kept[T]:
        return wraps(ask)(Kept(seconds, ask))  # type: ignore[return-value]

    return decorate
