import fcntl
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from labelapp.backups.archive import Damaged
from labelapp.backups.restore import Refused, restore, verify
from training.models import Worker


class Command(BaseCommand):
    help = "Make this site, which must be empty and not run, the one that was backed up."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="What `backup` has written, or - for the standard input.")
        parser.add_argument("--force", action="store_true", help="Replace everything that this site has.")
        parser.add_argument("--verify", action="store_true", help="Only read the backup and say whether it is whole.")

    def handle(self, *args, file: str, force: bool, verify: bool, **options) -> None:
        try:
            if verify:
                self.verify(file)
            else:
                self.restore(file, force)
        except (Damaged, Refused) as problem:
            raise CommandError(str(problem)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from None

    def verify(self, file: str) -> None:
        if file == "-":
            facts = verify(sys.stdin.buffer)
        else:
            with Path(file).open("rb") as stream:
                facts = verify(stream)
        rows = sum(facts["rows"].values())
        self.say(f"Whole: {rows:,} rows and {facts['files']:,} files, of {facts['made_at'][:16]}.")

    def restore(self, file: str, force: bool) -> None:
        if running():
            raise CommandError("The site runs. Stop it first, its workers too, then try again.")
        if file == "-":
            facts = restore(sys.stdin.buffer, self.say, over=force)
        else:
            with Path(file).open("rb") as stream:
                verify(stream)  # before anything of this site is touched
                stream.seek(0)
                facts = restore(stream, self.say, over=force)
        self.say(f"Restored: {facts['files']:,} files, {facts['bytes'] / 2**20:,.0f} MB. Start the site.")

    def say(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE)


def running() -> bool:
    """Whether a supervisor has this data folder, or a worker was heard of just now."""
    lock = Path(settings.DATA_DIR) / "serve.lock"
    if lock.exists():
        with lock.open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    if Worker._meta.db_table not in connection.introspection.table_names():
        return False
    return any(worker.alive for worker in Worker.objects.only("seen_at"))
