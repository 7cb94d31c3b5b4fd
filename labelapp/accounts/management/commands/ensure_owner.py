from django.core.management.base import BaseCommand, CommandError

from labelapp.accounts.setup import ensure_owner


class Command(BaseCommand):
    help = "Make the account that LABELAPP_ADMIN_USERNAME and LABELAPP_ADMIN_PASSWORD name, unless it is there."

    def handle(self, *args, **options) -> None:
        owner = ensure_owner()
        if owner is None:
            raise CommandError("Set LABELAPP_ADMIN_USERNAME and LABELAPP_ADMIN_PASSWORD first.")
        self.stdout.write(f"{owner.username} is there.")
