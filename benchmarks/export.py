"""Seconds and memory of exporting, importing and freezing 5,000 images with 10 boxes each, as the worker does it.

    python -m benchmarks.export [images] [boxes per image] [format]

Each step runs in a process of its own on one SQLite database, so that its peak of memory is its own.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

AGAINST = {"export": "4,982 images took more than 600 s (label-studio#1134)"}
MIB = 1024  # ru_maxrss counts KiB on Linux


def main() -> None:
    given = sys.argv[1:]
    images, boxes, format = (*given, *("5000", "10", "csv")[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"LABELAPP_DATA_DIR": folder, "DATABASE_URL": "", "LABELAPP_LOG_LEVEL": "ERROR"}
        environment["DJANGO_SETTINGS_MODULE"] = "labelapp.settings"
        for step in ("fill", "export", "import", "freeze"):
            command = [sys.executable, __file__, "--step", step, images, boxes, format]
            path = {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
            subprocess.run(command, env=environment | path, check=True)


def perform(step: str, images: int, boxes: int, format: str) -> None:
    import django

    django.setup()
    if step == "fill":
        return fill(images, boxes)
    job = {"export": lambda: export_job(format), "import": import_job, "freeze": freeze_job}[step]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    start = time.perf_counter()
    job.perform()
    seconds = time.perf_counter() - start
    assert job.status == "completed", job.error
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    detail = {"images": images, "annotations": images * boxes, "peak_mib": round(peak), "start_mib": round(before)}
    print(json.dumps({
        "name": f"{step}-{format}" if step != "freeze" else "freeze", "value": round(seconds, 2), "unit": "s",
        "against": AGAINST.get(step, ""), "detail": detail,
    }))  # fmt: skip
    return None


def fill(images: int, boxes: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from labelapp.accounts.models import User
    from labelapp.annotations.models import Annotation
    from labelapp.images.models import Image
    from labelapp.projects.models import LabelClass, Project

    call_command("migrate", verbosity=0)
    rng, now = random.Random(0), timezone.now()
    user = User.objects.create_user("bench")
    project = Project.objects.start(user, name="Bench", kind="detection")
    classes = [LabelClass.objects.add(project, f"class {number}") for number in range(20)]
    made = Image.objects.bulk_create(
        Image(
            project=project, name=f"street/{number:06}.jpg", sha256=f"{number:064x}", format="JPEG", size_bytes=1,
            width=1920, height=1080, status="labelled", created_by=user,
        )
        for number in range(images)
    )  # fmt: skip
    Annotation.objects.bulk_create(
        (
            Annotation(
                id=uuid.UUID(int=rng.getrandbits(128), version=4), image=image, label_class=rng.choice(classes),
                shape="box", geometry={"box": [rng.random() * 900, rng.random() * 500, 50 + rng.random(), 40.5]},
                created_by=user, created_at=now, updated_at=now,
            )
            for image in made
            for _ in range(boxes)
        ),
        batch_size=5000,
    )  # fmt: skip


def project_and_owner():
    from labelapp.projects.models import Project

    project = Project.objects.get()
    return project, project.created_by


def export_job(format: str):
    from labelapp.exchange.models import Export

    return Export.objects.create(
        **dict(zip(("project", "created_by"), project_and_owner(), strict=True)), format=format
    )


def import_job():
    """The exported file into the same project after all labels are gone: every row is written again."""
    from labelapp.annotations.models import Annotation
    from labelapp.exchange.models import Export, Import

    Annotation.objects.all().delete()
    project, owner = project_and_owner()
    file = Export.objects.get().file.name
    return Import.objects.create(project=project, created_by=owner, file=file, name="labels.csv", dry_run=False)


def freeze_job():
    from labelapp.versions.models import Version

    project, owner = project_and_owner()
    split = {"train": 0.7, "validation": 0.15, "test": 0.15}
    return Version.objects.create(project=project, created_by=owner, number=1, split=split)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        perform(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main()
