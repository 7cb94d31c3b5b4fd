"""The real decoder, in which some files do on purpose what a flaw of a library would let them do by accident."""

import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "labelapp" / "images"))
from decoder import child

measure = child.measure


def spin() -> None:
    while True:
        pass


def reach_out() -> str:
    """What of the machine can be reached from here."""
    reached = []
    for name, act in {
        "files": lambda: Path("/etc/hostname").read_text(),
        "writing": lambda: Path("/tmp/decoder-was-here").write_text("x"),
        "network": lambda: socket.create_connection(("127.0.0.1", 9), 1),
        "processes": lambda: os.kill(os.getppid(), 0),
        "programs": lambda: os.execv("/bin/true", ["true"]),
    }.items():
        try:
            act()
        except ConnectionRefusedError:
            reached.append(name)  # it was let out: only nobody listened
        except PermissionError:
            pass
        else:
            reached.append(name)
    own = {"LC_CTYPE", "LD_LIBRARY_PATH"}  # Python's own, and where a Python of one's own finds its libraries
    return " ".join([*reached, *(name for name in os.environ if name not in own)])


ACTS = {
    b"segfault": lambda: ctypes.string_at(0),
    b"abort": os.abort,
    b"kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    b"spin": spin,
    b"sleep": lambda: time.sleep(3600),
    b"allocate": lambda: bytearray(4 << 30),
    b"exit": lambda: os._exit(0),
    b"babble": lambda: os.write(child_socket(), b"\xff" * 1000) and os._exit(0),
}


def child_socket() -> int:
    import json

    return json.loads(sys.argv[-1])["descriptor"]


def rigged(file, bounds):
    head = file.read(16).strip()
    if head == b"reach out":
        return {"reached": reach_out()}
    if act := ACTS.get(head):
        act()
    return measure(file, bounds)


child.measure = rigged
child.main()
