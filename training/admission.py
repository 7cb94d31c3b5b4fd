"""Does a run fit into the memory that is free now?"""

import psutil
from django.utils.translation import gettext as _

from training.engine.spec import ResolvedSpec
from training.engine.zoo.costs import costs


def bytes_needed(plan: ResolvedSpec, classes: int) -> int:
    """A rough upper estimate for training on the CPU, where every image became a square."""
    return costs()[plan.preset][plan.task].memory(classes, plan.image_size**2, plan.batch_size)


def lack_of_memory(plan: ResolvedSpec, classes: int) -> str:
    """A sentence when too little memory is free; else nothing. What could never fit is let through: it may still."""
    memory, needed = psutil.virtual_memory(), bytes_needed(plan, classes)
    if needed <= memory.available or needed > memory.total:
        return ""
    return _("Waiting for memory: about {needed:.1f} GB are needed, {free:.1f} GB are free").format(
        needed=needed / 2**30, free=memory.available / 2**30
    )
