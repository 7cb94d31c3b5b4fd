"""Does a run fit into the memory that is free now?"""

import psutil
from django.utils.translation import gettext as _

from training.engine import zoo
from training.engine.spec import RunSpec

LIBRARIES_BYTES = 900 * 2**20  # TensorFlow, imported
BYTES_PER_PARAMETER = 16  # weight, gradient and two moments of the optimiser, 4 bytes each
BYTES_PER_PIXEL = 600  # activations kept for the way back: measured on compact_resnet, the hungriest small one


def bytes_needed(spec: RunSpec) -> int:
    """A rough upper estimate for training on the CPU."""
    plan = spec.resolved()
    pixels = plan.batch_size * plan.image_size**2
    return LIBRARIES_BYTES + zoo.get(plan.preset).parameters * BYTES_PER_PARAMETER + pixels * BYTES_PER_PIXEL


def lack_of_memory(spec: RunSpec) -> str:
    """A sentence when too little memory is free; else nothing. What could never fit is let through: it may still."""
    memory, needed = psutil.virtual_memory(), bytes_needed(spec)
    if needed <= memory.available or needed > memory.total:
        return ""
    return _("Waiting for memory: about {needed:.1f} GB are needed, {free:.1f} GB are free").format(
        needed=needed / 2**30, free=memory.available / 2**30
    )
