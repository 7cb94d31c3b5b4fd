import argparse
import json
import random
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.battle import Battle
from tests.faults.faults import FAULTS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Random faults on the real site.")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=sorted(FAULTS), help="only these kinds, at random")
    parser.add_argument(
        "--folder", type=Path, help="where the site's data, log and database stay; else a temporary one"
    )
    arguments = parser.parse_args()
    for sign in (signal.SIGTERM, signal.SIGINT):  # in the background a shell lets Ctrl-C be ignored
        signal.signal(sign, signal.default_int_handler)
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="labelapp-faults-"))
    chance = random.Random(arguments.seed)
    with Battle(folder, chance) as battle:
        lacking = {name: FAULTS[name].missing(battle) for name in arguments.only or sorted(FAULTS)}
        say({"seed": arguments.seed, "left_out": {name: why for name, why in lacking.items() if why}})
        possible = [name for name, why in lacking.items() if not why]
        struck: Counter[str] = Counter()
        for number in range(1, arguments.count + 1):
            name = chance.choice(possible)
            struck[name] += 1
            say({"fault": number} | battle.survive(name))
        verdict = battle.settle()
        say({"faults": arguments.count, "kinds": struck} | verdict)
    return 1 if verdict["problems"] else 0


def say(line: dict) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
