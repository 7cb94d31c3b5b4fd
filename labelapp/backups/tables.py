"""Rows of any table as lines of text that no database is special to: what SQLite wrote, PostgreSQL reads."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

# Whoever has a session's key is signed in: sessions are not for files that are kept somewhere. Touches are numbered by
# the transactions of one database, and mean nothing in another.
LEFT_OUT = {"sessions.Session", "images.Touch"}
AT_ONCE = 1000
# PostgreSQL takes no zero characters, which SQLite has let in.
ZERO = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def models(registry=apps) -> dict[str, type[Model]]:
    """Every table that has rows of its own, by the label of its model."""
    found = {}
    for model in registry.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and not meta.swapped and meta.label not in LEFT_OUT:
            found[meta.label] = model
    return found


def columns(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def dump(model: type[Model], file: IO[str]) -> int:
    """Returns the number of rows."""
    names = [str(field.attname) for field in columns(model)]
    file.write(json.dumps(names) + "\n")
    rows = 0
    everything = model._base_manager.order_by("pk").values_list(*names)
    for row in everything.iterator(chunk_size=AT_ONCE):
        file.write(json.dumps(row, default=plain, ensure_ascii=True) + "\n")
        rows += 1
    return rows


def load(model: type[Model], lines: Iterator[str]) -> int:
    """Put rows in the place of those that the table has; returns their number."""
    connection = connections["default"]
    by_name = {str(field.attname): field for field in columns(model)}
    fields = [by_name[name] for name in json.loads(next(lines))]
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        while some := list(islice(lines, AT_ONCE)):
            cursor.executemany(insert, [values(line, fields, connection) for line in some])
            rows += len(some)
    return rows


def count_on(registered: list[type[Model]]) -> None:
    """Let the next rows get numbers after those that were put in."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), registered):
            cursor.execute(statement)


def values(line: str, fields: list[Field], connection: BaseDatabaseWrapper) -> list[Any]:
    if connection.vendor == "postgresql":
        line = ZERO.sub(r"\1", line)
    row = json.loads(line)
    return [
        field.get_db_prep_save(field.to_python(value), connection) for field, value in zip(fields, row, strict=True)
    ]


def plain(value: Any) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in a backup yet")
