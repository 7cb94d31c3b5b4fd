import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Meanwhile this thread sees the database as it is now, while others go on writing."""
    ordinary = connections["default"]
    facts = copy.deepcopy(ordinary.settings_dict)
    options = facts.setdefault("OPTIONS", {})
    if ordinary.vendor == "postgresql":
        from psycopg import IsolationLevel

        options.pop("pool", None)
        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    else:
        options["transaction_mode"] = "DEFERRED"  # IMMEDIATE would keep everybody else from writing
    own = type(ordinary)(facts, "default")
    connections["default"] = own
    try:
        with transaction.atomic():
            yield
    finally:
        own.close()
        connections["default"] = ordinary
