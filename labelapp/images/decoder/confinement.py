"""What a decoder takes from itself before it sees a file: time, memory, files, the network, other processes."""

import contextlib
import ctypes
import os
import resource
import struct
import sys
from pathlib import Path

PR_SET_NO_NEW_PRIVS = 38
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_VERSION = 1
# Rights of each version of Landlock's interface: on files, to connect and bind, to reach other processes.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NETWORK_SINCE, SCOPES_SINCE = 4, 6


def confine(memory: int) -> None:
    """
    Args:
        memory: Largest address space in bytes.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # when memory runs out, this process is the one to go
            Path("/proc/self/oom_score_adj").write_text("1000")
        open_nothing()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS has the limit and does not take it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def allow_seconds(seconds: int) -> None:
    """Be killed (SIGXCPU) after so much computing from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def open_nothing() -> None:
    """Landlock: from here on no file can be opened, no address connected to, no other process signalled.

    Older kernels know less of it or nothing; the other limits hold there too.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_VERSION)
    if version < 1:
        return
    rights = (1 << FILE_RIGHTS[min(version, 5)]) - 1
    rules = struct.pack("QQQ", rights, 3 if version >= NETWORK_SINCE else 0, 3 if version >= SCOPES_SINCE else 0)
    size = 24 if version >= SCOPES_SINCE else 16 if version >= NETWORK_SINCE else 8
    ruleset = libc.syscall(LANDLOCK_CREATE_RULESET, rules, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
