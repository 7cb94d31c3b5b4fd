"""Runs benchmarks: `python -m benchmarks` all of them, `python -m benchmarks NAME ARGS` one."""

import runpy
import subprocess
import sys

BENCHMARKS = (
    "assist",
    "canvas",
    "canvas_steps",
    "epoch",
    "export",
    "exports",
    "gallery",
    "gallery_browser",
    "overhead",
    "save",
    "scores",
    "upload",
    "upload_page",
    "viewers",
)


def main(arguments: list[str]) -> int:
    """Runs one benchmark in this process, or each in one of its own; returns the exit code."""
    if not arguments:
        return max(subprocess.call([sys.executable, "-m", f"benchmarks.{name}"]) for name in BENCHMARKS)
    name, *rest = arguments
    if name not in BENCHMARKS:
        print(f"There is no benchmark {name!r}; known: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    sys.argv = [name, *rest]
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
