import gzip
import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from labelapp.accounts import sign_on
from labelapp.backups import files, tables
from labelapp.backups.archive import END, FORMAT, HEAD, Damaged, members
from training.models import Worker

Targets = list[tuple[str, str]]
SIGN_ON = {each.rpartition(".")[2] for each in sign_on.APPS}  # their tables are there only where it is switched on


class Refused(Exception):
    """The backup cannot be put into this site; its text says why."""


def verify(stream: IO[bytes]) -> dict[str, Any]:
    """Read a whole backup and change nothing; returns what it says of itself.

    Raises:
        Damaged: it is not whole.
    """
    head: dict[str, Any] = {}
    end: dict[str, Any] = {}
    count, seen = 0, set()
    for name, content in members(stream):
        if not head:
            head = read_head(name, content)
        elif name == END:
            end = json.load(content)
        elif name.startswith("tables/"):
            seen.add(label_of(name))
        else:
            count += 1
    if missing := sorted(set(head["rows"]) - seen):
        raise Damaged(f"The backup lacks {missing[0]}.")
    if count != end["files"]:
        raise Damaged(f"The backup says it has {end['files']} files, but has {count}.")
    return head | end


def restore(stream: IO[bytes], say: Callable[[str], None], *, over: bool = False) -> dict[str, Any]:
    """Make this site the one that was backed up.

    Args:
        over: in the place of what is there; else that is refused.

    Raises:
        Refused: this is not a site for it.
        Damaged: the backup is not whole; when it was not verified before, the site is now half made.
    """
    parts = members(stream)
    head = read_head(*next(parts))
    executor = MigrationExecutor(connection)
    targets = targets_of(head, executor)
    if not over and not is_empty():
        raise Refused(
            "This site is not empty: it has people, or files in its storage. Restore into a new one, "
            "or use --force to replace everything in it."
        )
    files.clear()
    registry = prepare(targets)
    end = fill(parts, registry, head, say)
    call_command("migrate", interactive=False, verbosity=0)  # on to the version of this site
    Worker.objects.filter(ended_at=None).update(ended_at=timezone.now())  # they work for the site that was backed up
    return head | end


def read_head(name: str, content: IO[bytes]) -> dict[str, Any]:
    if name != HEAD:
        raise Damaged("This file is not a backup of LabelApp.")
    head = json.load(content)
    if head["format"] > FORMAT:
        raise Refused("This backup was made by a newer version of LabelApp. Upgrade this site first.")
    return head


def targets_of(head: dict[str, Any], executor: MigrationExecutor) -> Targets:
    """The migrations at which the database has exactly the tables of the backup."""
    applied = {tuple(each.split(".", 1)) for each in head["migrations"]}
    known = executor.loader.disk_migrations
    if newer := sorted(each for each in applied if each not in known):
        name = ".".join(newer[0])
        if newer[0][0] in SIGN_ON:
            raise Refused(
                "People of this backup sign on through OpenID Connect. Set LABELAPP_OIDC_URL, LABELAPP_OIDC_CLIENT_ID "
                "and LABELAPP_OIDC_CLIENT_SECRET as on the site that was backed up, then restore again."
            )
        raise Refused(f"This backup was made by a newer version of LabelApp (it has {name}). Upgrade this site first.")
    nodes = executor.loader.graph.node_map
    followed = {each for each in applied if each in nodes and any(c.key in applied for c in nodes[each].children)}
    return sorted(each for each in applied - followed if each in nodes)


def is_empty() -> bool:
    from labelapp.accounts.models import User

    there = connection.introspection.table_names()
    if User._meta.db_table in there and User.objects.exists():
        return False
    return next(files.walk(""), None) is None


def prepare(targets: Targets) -> Any:
    """Empty tables as they were when the backup was made; returns the models of that time."""
    drop_tables()
    executor = MigrationExecutor(connection)
    state = executor.migrate(targets)
    return state.apps


def drop_tables() -> None:
    """Ours only: a database may be shared with others."""
    ours = {*connection.introspection.django_table_names(only_existing=True, include_views=False), "django_migrations"}
    there = sorted(ours & set(connection.introspection.table_names()))
    quoted = [connection.ops.quote_name(name) for name in there]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in quoted:
            cursor.execute(f"DROP TABLE {name}" + (" CASCADE" if connection.vendor == "postgresql" else ""))


def fill(parts: Iterator[tuple[str, IO[bytes]]], registry: Any, head: dict[str, Any], say: Callable) -> dict[str, Any]:
    known = tables.models(registry)
    done: dict[str, int] = {}
    count = 0
    with transaction.atomic():
        for name, content in parts:
            if not name.startswith("tables/"):
                break
            label = label_of(name)
            with gzip.open(content, "rt", encoding="ascii") as lines:
                done[label] = tables.load(known[label], iter(lines))
        if done != head["rows"]:
            raise Damaged("The backup does not have all of its rows.")
        tables.count_on(list(known.values()))
    say(f"{sum(done.values()):,} rows of {len(done)} tables")
    while name != END:
        kind, _, path = name.partition("/")
        files.put(kind, path, content)
        count += 1
        if count % 1000 == 0:
            say(f"{count:,} files")
        name, content = next(parts)
    end = json.load(content)
    if count != end["files"]:
        raise Damaged("The backup does not have all of its files.")
    return end


def label_of(name: str) -> str:
    return name.removeprefix("tables/").removesuffix(".jsonl")
