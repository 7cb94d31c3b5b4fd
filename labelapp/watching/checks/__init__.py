"""What the doctor looks at: one file per subject, each with ``check()`` that yields findings."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from labelapp.watching.checks import backups, broker, database, files, folders, libraries, settings, workers
from labelapp.watching.finding import Check, Finding, problem
from labelapp.watching.parts.services import told

CHEAP: dict[str, Check] = {  # the status page shows them too
    "settings": settings.check, "database": database.check, "redis": broker.check,
    "folders": folders.check, "workers": workers.check, "backups": backups.check,
}  # fmt: skip
SLOW: dict[str, Check] = {"libraries": libraries.check, "files": files.check}


def examine(checks: dict[str, Check]) -> Iterator[Finding]:
    """Every finding; a check that breaks is a finding too, and the next ones are still done."""
    for name, check in checks.items():
        try:
            yield from check()
        except Exception as error:
            yield problem(
                name, told(error), _("Mend this first; what else is wrong with it cannot be seen until then.")
            )
