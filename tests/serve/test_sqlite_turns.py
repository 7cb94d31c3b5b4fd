"""Writers of one process take turns at an SQLite database, whatever becomes of the one before."""

import contextlib
import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from labelapp.accounts.models import User
from labelapp.backups.snapshot import snapshot

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own"),
]


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def add(name: str) -> None:
    with transaction.atomic():
        User.objects.create(username=name)


def test_many_writers_all_come_through():
    def write(number: int) -> None:
        for count in range(20):
            add(f"{number}-{count}")

    threads = [in_thread(lambda number=number: write(number)) for number in range(8)]
    for each in threads:
        each.join(30)
    assert User.objects.count() == 160


@pytest.mark.parametrize("end", ["rollback", "close"])
def test_after_a_transaction_that_failed_the_next_one_begins(end):
    def fail() -> None:
        with contextlib.suppress(RuntimeError), transaction.atomic():
            User.objects.create(username="lost")
            if end == "close":
                connection.close()
            raise RuntimeError

    in_thread(fail).join(30)
    add("next")
    assert User.objects.get().username == "next"


def test_who_waits_too_long_is_told_that_the_database_is_locked():
    problems: list[str] = []
    begun, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            begun.set()
            done.wait(30)

    def wait() -> None:
        connection.settings_dict = connection.settings_dict | {"OPTIONS": {"timeout": 0.05}}
        try:
            add("late")
        except OperationalError as error:
            problems.append(str(error))

    holder = in_thread(hold)
    begun.wait(30)
    in_thread(wait).join(30)
    done.set()
    holder.join(30)
    assert problems == ["database is locked"]
    add("after")


def test_who_only_reads_a_snapshot_keeps_nobody_from_writing():
    with snapshot():
        assert not User.objects.exists()
        in_thread(lambda: add("meanwhile")).join(30)
        assert not User.objects.exists()
    assert User.objects.get().username == "meanwhile"
