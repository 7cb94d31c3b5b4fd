"""What can go wrong, one function each: it happens, lasts, and is over when the function returns."""

import contextlib
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from tests.faults.battle import Battle

LOCKED_SECONDS = 20
FULL_SECONDS = 6
CUT_SECONDS = 5
HOUR = 3600

WEB, BEAT, REDIS = r"serve\.web", r"celery.* beat", r"(redis|valkey)-server"
LIGHT, TRAIN, ENGINE = r"-Q light", r"-Q train", r"training\.engine train"


@dataclass(frozen=True)
class Fault:
    strike: Callable[["Battle"], None]
    missing: Callable[["Battle"], str]  # what this machine lacks to let it happen; empty: nothing
    target: str  # the process that must be there for the fault to mean something


FAULTS: dict[str, Fault] = {}


def fault(missing: Callable[["Battle"], str] = lambda battle: "", target: str = ""):
    def register(strike: Callable[["Battle"], None]):
        FAULTS[strike.__name__] = Fault(strike, missing, target)
        return strike

    return register


def only_with(database: str):
    """For ``postgres`` or ``sqlite``."""

    def missing(battle: "Battle") -> str:
        there = "postgres" if battle.database_url else "sqlite"
        return "" if there == database else f"the site runs on {there}"

    return missing


class Missed(Exception):
    """There was nothing to strike."""


def send(battle: "Battle", pattern: str, sign: signal.Signals = signal.SIGKILL, which: slice = slice(None)) -> None:
    """To the processes of the site whose command line matches, oldest first; raises Missed where there is none."""
    struck = 0
    for pid in sorted(battle.site.pids(pattern))[which]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
            struck += 1
    if not struck:
        raise Missed(pattern)


@fault()
def kill_web(battle):
    send(battle, WEB)


@fault()
def kill_light_worker(battle):
    send(battle, LIGHT, which=slice(1))


@fault()
def kill_light_child(battle):
    send(battle, LIGHT, which=slice(-1, None))


@fault(target=ENGINE)
def kill_train_worker(battle):
    send(battle, TRAIN)


@fault(target=ENGINE)
def kill_engine(battle):
    send(battle, ENGINE)


@fault()
def kill_beat(battle):
    send(battle, BEAT)


@fault()
def kill_redis(battle):
    send(battle, REDIS)


@fault()
def restart_redis(battle):
    send(battle, REDIS, signal.SIGTERM)


@fault()
def kill_redis_and_its_data(battle):
    shutil.rmtree(battle.data_dir / "redis" / "appendonlydir", ignore_errors=True)
    send(battle, REDIS)


@fault()
def kill_supervisor(battle):
    """Whoever watches over it, as systemd does, starts it again; all that it had started must be gone by then."""
    battle.site.supervisor.kill()
    battle.site.supervisor.wait()
    time.sleep(1)
    battle.start_again()


@fault()
def restart_rolling(battle):
    """One process after the other is asked to end, as an upgrade does."""
    for pattern in (WEB, LIGHT, TRAIN, BEAT):
        send(battle, pattern, signal.SIGTERM, which=slice(1))
        time.sleep(2)


@fault()
def restart_site(battle):
    battle.site.stop(signal.SIGTERM)
    battle.start_again()


@fault(missing=only_with("sqlite"))
def lock_database(battle):
    connection = sqlite3.connect(battle.data_dir / "labelapp.sqlite3", timeout=60, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    time.sleep(LOCKED_SECONDS)
    connection.execute("ROLLBACK")
    connection.close()


@fault(missing=only_with("postgres"))
def lock_tables(battle):
    while True:
        # Whoever is at work may hold one of the tables and want another: PostgreSQL then turns one of the two away.
        with contextlib.suppress(psycopg.errors.DeadlockDetected), psycopg.connect(battle.database_url) as connection:
            connection.execute("LOCK TABLE annotations_revision, training_run, images_image IN ACCESS EXCLUSIVE MODE")
            time.sleep(LOCKED_SECONDS)
            return


@fault(missing=only_with("postgres"))
def cut_database(battle):
    """What everybody who is connected sees of a PostgreSQL that is started again."""
    with psycopg.connect(battle.database_url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@fault(missing=lambda battle: "" if battle.small_disk else "only root can mount a small disk")
def fill_disk(battle):
    over = time.monotonic() + FULL_SECONDS
    while time.monotonic() < over:
        # Again and again: what others give back meanwhile is taken too.
        battle.resize_disk(shutil.disk_usage(battle.data_dir).used)
        time.sleep(0.2)
    battle.resize_disk()


def no_clock(battle: "Battle") -> str:
    return "" if battle.clock.there else "there is no C compiler to build the clock with"


@fault(missing=no_clock)
def jump_clock_forward(battle):
    battle.clock.jump(HOUR)


@fault(missing=no_clock)
def jump_clock_back(battle):
    battle.clock.jump(-HOUR)


@fault()
def cut_network(battle):
    battle.wire.cut()
    time.sleep(CUT_SECONDS)
    battle.wire.mend()
