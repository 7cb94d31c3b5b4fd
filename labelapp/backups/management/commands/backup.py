import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from labelapp.backups.backup import NotUpToDate, back_up
from labelapp.projects.models import AuditEntry


class Command(BaseCommand):
    help = "Write the whole site, database and files, into one file, while it runs."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="A new file, or - for the standard output.")

    def handle(self, *args, file: str, **options) -> None:
        try:
            facts = back_up(sys.stdout.buffer, self.say) if file == "-" else self.into(Path(file))
        except NotUpToDate:
            raise CommandError("The database is of an older version: start the site once, then try again.") from None
        AuditEntry.objects.note(None, "site.backed_up", files=facts["files"], bytes=facts["bytes"])
        self.say(f"{facts['files']:,} files, {facts['bytes'] / 2**20:,.0f} MB; the backup is whole.")

    def into(self, path: Path) -> dict:
        """Under another name until it is whole: nobody shall take half a backup for one."""
        if path.exists():
            raise CommandError(f"{path} is there already; name another file.")
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.partial")
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                facts = back_up(stream, self.say)
                stream.flush()
                os.fsync(stream.fileno())
            partial.rename(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return facts

    def say(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE)
