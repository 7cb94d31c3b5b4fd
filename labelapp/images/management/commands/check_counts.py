import random

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.images import touching
from labelapp.images.auditing import differences
from labelapp.images.shelf import shelf
from labelapp.projects.models import Project


class Command(BaseCommand):
    help = "Compare counts, filters and orders as pages show them with full counts of every project."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="Make database triggers that are missing again.")

    def handle(self, *args, repair: bool = False, **options):
        if gone := touching.missing():
            if not repair:
                raise CommandError(
                    _("Triggers are missing: {names}. Run this with --repair.").format(names=", ".join(sorted(gone)))
                )
            touching.install()
            self.stdout.write(_("Made again: {names}.").format(names=", ".join(sorted(gone))))
        found = []
        projects = list(Project.objects.order_by("pk"))
        for project in projects:
            found += differences(project, shelf.catalogue(project.pk), random.Random(), questions=10)
        if found:
            raise CommandError("\n".join(found))
        text = ngettext(
            "All counts of {count} project are right.", "All counts of {count} projects are right.", len(projects)
        )
        self.stdout.write(text.format(count=len(projects)))
