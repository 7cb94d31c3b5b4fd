"""What beat asks for again and again; a turn that nobody took before the next one is dropped."""

from typing import Any


def every(seconds: float, task: str) -> dict[str, Any]:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


SCHEDULE = {
    "rescue-jobs": every(10.0, "labelapp.projects.tasks.rescue_jobs"),
    "rescue-images": every(60.0, "labelapp.images.tasks.rescue_images"),
    "rescue-runs": every(5.0, "training.tasks.rescue_runs"),
    "empty-trash": every(3600.0, "labelapp.projects.tasks.empty_trash"),
    "empty-image-trash": every(3600.0, "labelapp.images.tasks.empty_trash"),
    "sweep-uploads": every(3600.0, "labelapp.images.tasks.sweep_uploads"),
    "sweep-contents": every(60.0, "labelapp.images.tasks.sweep_contents"),
}
