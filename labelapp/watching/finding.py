from collections.abc import Callable, Iterator
from dataclasses import dataclass

from labelapp.watching.states import State


@dataclass(frozen=True)
class Finding:
    """One thing that the doctor looked at: how it is and, unless it is well, what to do."""

    subject: str
    state: str
    text: str
    mend: str = ""


Check = Callable[[], Iterator[Finding]]


def well(subject: str, text: str) -> Finding:
    return Finding(subject, State.OK, text)


def warning(subject: str, text: str, mend: str) -> Finding:
    return Finding(subject, State.WARNING, text, mend)


def problem(subject: str, text: str, mend: str) -> Finding:
    return Finding(subject, State.PROBLEM, text, mend)
