"""Where a run took place, and the settings of that place."""

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

import cv2
import keras

from training.engine.processors import available
from training.engine.spec import ResolvedSpec

_PACKAGES = (
    "keras", "tensorflow", "tensorflow-cpu", "jax", "torch", "numpy", "opencv-python-headless", "pillow", "pyarrow",
    "pydantic", "scikit-learn", "pycocotools",
)  # fmt: skip


def has_gpu() -> bool:
    """Returns whether the backend sees an accelerator."""
    try:
        return bool(keras.distribution.list_devices("gpu"))
    except (RuntimeError, ValueError):  # JAX raises where it has no GPU platform
        return False


def device_name() -> str:
    """Returns what the backend computes on, as its maker calls it."""
    if not has_gpu():
        return _cpu()
    match keras.config.backend():
        case "tensorflow":
            import tensorflow as tf

            details = tf.config.experimental.get_device_details(tf.config.list_physical_devices("GPU")[0])
            return str(details.get("device_name", "GPU"))
        case "jax":
            import jax

            return str(jax.devices()[0].device_kind)
        case _:
            import torch

            return str(torch.cuda.get_device_name())


def worker_threads(wanted: int | None) -> int:
    """Returns how many reader threads to use; by itself one a core, at most eight."""
    return wanted or min(8, available())


def configure(spec: ResolvedSpec) -> bool:
    """Sets seeds, precision and determinism for this process; returns whether steps are compiled with XLA."""
    cv2.setNumThreads(0)  # the feed has threads of its own
    keras.utils.clear_session(free_memory=True)
    keras.utils.set_random_seed(spec.seed)
    gpu = has_gpu()
    if spec.deterministic and keras.config.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
    mixed = spec.mixed_precision == "on" or (spec.mixed_precision == "auto" and gpu)
    keras.mixed_precision.set_global_policy(_half_precision() if mixed else "float32")
    return spec.xla == "on" or (spec.xla == "auto" and (gpu or keras.config.backend() == "jax"))


def _half_precision() -> str:
    """Returns bfloat16 where the device computes with it: it needs no loss scaling."""
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        devices = tf.config.list_physical_devices("GPU")
        capability = (
            tf.config.experimental.get_device_details(devices[0]).get("compute_capability") if devices else None
        )
        return "mixed_bfloat16" if capability is None or capability >= (8, 0) else "mixed_float16"
    return "mixed_bfloat16"


def peak_memory() -> dict[str, int | None]:
    """Returns the most bytes that this process has had so far, and on its first GPU; None where nobody counts."""
    import resource

    # Linux counts in KiB, macOS in bytes.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if platform.system() == "Darwin" else 1024)
    return {"memory_bytes": own, "gpu_memory_bytes": _peak_on_gpu() if has_gpu() else None}


def _peak_on_gpu() -> int | None:
    backend = keras.config.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        return int(tf.config.experimental.get_memory_info("GPU:0")["peak"])
    if backend == "torch":
        import torch

        return int(torch.cuda.max_memory_allocated())
    import jax

    return int((jax.devices("gpu")[0].memory_stats() or {}).get("peak_bytes_in_use", 0)) or None


def describe() -> dict[str, Any]:
    """Returns the content of environment.json."""
    versions = {}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "backend": keras.config.backend(),
        "keras": keras.__version__,
        "devices": keras.distribution.list_devices(),
        "precision": keras.mixed_precision.global_policy().name,
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "packages": versions,
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
