"""``python -m tests.faults.two_browsers --edits 5000 --seed 3``: prints every problem and what was played.

Ctrl-C ends the playing early; what was played until then is judged. Ends with 1 after any problem.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from pprint import pformat

from playwright.sync_api import sync_playwright

from tests.faults.two_browsers.play import Play
from tests.site import RunningSite

PROGRESS = 250  # edits


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.two_browsers")
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the site's data stay; else a temporary one")
    arguments = parser.parse_args()
    for sign in (signal.SIGTERM, signal.SIGINT):  # in the background a shell lets Ctrl-C be ignored
        signal.signal(sign, signal.default_int_handler)
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="labelapp-two-"))
    site = RunningSite(folder).start()
    try:
        with sync_playwright() as playwright:
            play = Play(site, playwright.chromium, random.Random(arguments.seed))
            began = time.monotonic()
            with suppress(KeyboardInterrupt):
                for edits in range(PROGRESS, arguments.edits, PROGRESS):
                    play.run(edits)
                    say({"edits": edits, "seconds": round(time.monotonic() - began)})
                play.run(arguments.edits)
            play.rest()
            (folder / "notes.txt").write_text(pformat(play.notes, width=200))  # also where judging them fails
            problems = play.judge()
            play.close()
    finally:
        site.stop()
    for problem in problems:
        say({"problem": problem})
    say({"seed": arguments.seed, "seconds": round(time.monotonic() - began), "problems": len(problems)} | play.counts)
    return 1 if problems else 0


def say(line: dict) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
