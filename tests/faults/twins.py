import re
import threading
import time
from pathlib import Path

from tests.faults.faults import ENGINE
from tests.site import RunningSite

LOOK_SECONDS = 2.0
SPEC = re.compile(r"engine train (\S+)")


class Twins:
    """Watches for runs that are trained twice at once: two engines of one run, seen together twice in a row."""

    def __init__(self, site: RunningSite):
        self._site = site
        self._found: list[str] = []
        threading.Thread(target=self._watch, name="twins", daemon=True).start()

    def take(self) -> list[str]:
        found, self._found = self._found, []
        return found

    def _watch(self) -> None:
        before: dict[str, set[int]] = {}
        while True:
            now = self._engines()
            for spec, pids in now.items():
                if len(pids & before.get(spec, set())) > 1:
                    self._found.append(f"{len(pids)} engines train {spec} at once")
            before = now
            time.sleep(LOOK_SECONDS)

    def _engines(self) -> dict[str, set[int]]:
        """Pids of engine processes by the spec file of their run."""
        found: dict[str, set[int]] = {}
        for pid in self._site.pids(ENGINE):
            command = command_of(pid)
            if match := SPEC.search(command):
                found.setdefault(match[1], set()).add(pid)
        return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
