"""Django's SQLite, whose writers within one process wait in a queue.

SQLite itself lets a writer that finds the database locked try again after pauses that grow to a tenth of a second, so
that among eight of them some are passed over for long. A lock wakes the next one at once; other processes still wait
as SQLite does.
"""

import threading
from collections import defaultdict

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_turns: dict[str, threading.Lock] = defaultdict(threading.Lock)  # by the database's file


class DatabaseWrapper(base.DatabaseWrapper):
    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "DEFERRED":  # type: ignore[attr-defined]  # a backup's, which only reads
            self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._pass_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._pass_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._pass_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._pass_turn()

    def _take_turn(self) -> None:
        """Raises OperationalError when it takes as long as SQLite would have waited."""
        if not self._turn.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")
        self._has_turn = True

    def _pass_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()

    @property
    def _turn(self) -> threading.Lock:
        return _turns[str(self.settings_dict["NAME"])]
