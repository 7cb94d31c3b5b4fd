import json
import sys
from dataclasses import asdict
from functools import partial

from django.core.management.base import BaseCommand

from labelapp.watching.checks import CHEAP, SLOW, examine, files
from labelapp.watching.finding import Finding
from labelapp.watching.states import State

MARKS = {State.OK: "ok", State.WARNING: "warning", State.PROBLEM: "problem"}


class Command(BaseCommand):
    help = "Looks whether this installation is well, and says what to mend. Ends with 1 when there is a problem."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--deep", action="store_true", help="compare every row with its file, not a sample")
        parser.add_argument("--quick", action="store_true", help="leave out libraries and files")
        parser.add_argument("--json", action="store_true", help="one JSON object, for scripts")

    def handle(self, *args, **options) -> None:
        slow = {} if options["quick"] else SLOW | {"files": partial(files.check, deep=options["deep"])}
        checks = CHEAP | slow
        found = []
        for each in examine(checks):
            found.append(each)
            if not options["json"]:
                self.tell(each)  # at once: some checks take a while
        problems = sum(each.state == State.PROBLEM for each in found)
        warnings = sum(each.state == State.WARNING for each in found)
        if options["json"]:
            content = {"problems": problems, "warnings": warnings, "findings": [asdict(each) for each in found]}
            self.stdout.write(json.dumps(content, indent=2))
        else:
            self.stdout.write(f"\n{len(found)} checked: problems {problems}, warnings {warnings}.")
        if problems:
            sys.exit(1)

    def tell(self, finding: Finding) -> None:
        style = {State.OK: self.style.SUCCESS, State.WARNING: self.style.WARNING, State.PROBLEM: self.style.ERROR}
        mark = style[State(finding.state)](f"{MARKS[State(finding.state)]:<8}")
        mend = f"  -> {finding.mend}" if finding.mend else ""
        self.stdout.write(f"{mark} {finding.subject}: {finding.text}{mend}")
