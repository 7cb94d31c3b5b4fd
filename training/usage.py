"""What a machine has, and how much of it is in use."""

import contextlib
import os
import shutil
from typing import Any

import psutil
from django.conf import settings


def hardware() -> dict[str, Any]:
    return {
        "cpus": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_bytes": psutil.virtual_memory().total,
        "gpus": [{"name": gpu["name"], "memory_bytes": gpu["memory_total"]} for gpu in gpus()],
    }


def usage(child: int | None = None) -> dict[str, Any]:
    """CPU and memory of the machine, of a child process with its own children, and of every GPU.

    Args:
        child: pid.

    Returns:
        ``cpu`` 0 to 100, ``memory`` in use, ``memory_total`` and ``disk_free``, all bytes, ``gpus``; with a child
        ``child_cpu`` (100 is one core) and ``child_memory`` bytes.
    """
    memory = psutil.virtual_memory()
    found: dict[str, Any] = {
        "cpu": psutil.cpu_percent(),
        "memory": memory.total - memory.available,
        "memory_total": memory.total,
        "gpus": gpus(),
        "disk_free": shutil.disk_usage(settings.DATA_DIR).free,
    }
    if child is not None:
        with contextlib.suppress(psutil.Error):
            process = _known(child)
            found["child_cpu"] = process.cpu_percent()
            found["child_memory"] = process.memory_info().rss
    return found


_processes: dict[int, psutil.Process] = {}


def _known(pid: int) -> psutil.Process:
    """The same object each time: psutil measures CPU from one call to the next."""
    if pid not in _processes:
        _processes.clear()
        _processes[pid] = psutil.Process(pid)
    return _processes[pid]


def gpus() -> list[dict[str, Any]]:
    """NVIDIA's, by NVML; none where its driver is not."""
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return []
    found = []
    for index in range(pynvml.nvmlDeviceGetCount()):
        handle = pynvml.nvmlDeviceGetHandleByIndex(index)
        memory = pynvml.nvmlDeviceGetMemoryInfo(handle)
        name = pynvml.nvmlDeviceGetName(handle)
        found.append(
            {
                "name": name.decode() if isinstance(name, bytes) else name,
                "load": pynvml.nvmlDeviceGetUtilizationRates(handle).gpu,
                "memory": memory.used,
                "memory_total": memory.total,
            }
        )
    return found
