"""What hangs is not waited for, and what was just asked is not asked again."""

import threading

import pytest

from labelapp.watching.asking import Kept, NoAnswer, within


def test_what_hangs_is_given_up_and_asked_only_once():
    answers, asked = threading.Event(), []

    def hang() -> str:
        asked.append(1)
        answers.wait(30)
        return "late"

    for _try in range(3):
        with pytest.raises(NoAnswer):
            within(0.01, "something that hangs", hang)
    assert len(asked) == 1
    answers.set()
    assert within(30, "something that hangs", hang) == "late"


def test_what_goes_wrong_goes_wrong_here():
    with pytest.raises(ZeroDivisionError):
        within(30, "something wrong", lambda: 1 / 0)


def test_an_answer_is_kept_for_its_time_and_a_failure_is_not():
    asked = []

    def ask() -> int:
        asked.append(1)
        if len(asked) == 1:
            raise OSError
        return len(asked)

    answer = Kept(60, ask)
    with pytest.raises(OSError):
        answer()
    assert (answer(), answer()) == (2, 2)
    answer.forget()
    assert answer() == 3
