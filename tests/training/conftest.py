"""A frozen version of real handwritten digits, and runs on it."""

import contextlib
import io
import threading
import time
import uuid
from collections.abc import Callable

import psutil
import pytest
import redis
from django.core.files.base import ContentFile
from django.db import connections
from django.utils import timezone
from PIL import Image as Picture
from sklearn.datasets import load_digits

from labelapp.annotations.models import Annotation
from labelapp.celery import app
from labelapp.images import originals
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from labelapp.versions.models import Version
from training.execution import Execution
from training.models import Run

SPLIT = {"train": 0.6, "validation": 0.2, "test": 0.2}
TINY = {
    "task": "classification", "preset": "compact_cnn", "image_size": 16, "batch_size": 16, "epochs": 3,
    "early_stopping": 0, "warmup_epochs": 0, "augmentation": {"enabled": False}, "workers": 1,
}  # fmt: skip
PATIENCE_SECONDS = 120.0


def png(pixels) -> bytes:
    file = io.BytesIO()
    Picture.fromarray((pixels * 15.9).astype("uint8")).resize((16, 16)).save(file, "PNG")
    return file.getvalue()


def add_digits(project, user, per_class: int = 15, unlabelled: int = 0) -> list[Image]:
    """Digits 0 to 2 with their tags, and some more of 0 without."""
    digits = load_digits(n_class=3)
    images = []
    for label in range(3):
        label_class = LabelClass.objects.add(project, f"digit {label}")
        count = per_class + (unlabelled if label == 0 else 0)
        for number, pixels in enumerate(digits.images[digits.target == label][:count]):
            sha256, size = originals.keep(ContentFile(png(pixels)))
            image = Image.objects.create(
                project=project, created_by=user, name=f"{label}/{number:03}.png", sha256=sha256, size_bytes=size,
                width=16, height=16, format="PNG", status="labelled" if number < per_class else "new",
            )  # fmt: skip
            if number < per_class:
                now = timezone.now()
                Annotation.objects.create(
                    id=uuid.uuid4(), image=image, label_class=label_class, shape="tag", created_by=user,
                    created_at=now, updated_at=now,
                )  # fmt: skip
            images.append(image)
    return images


def frozen_version(project, user) -> Version:
    made = Version.objects.freeze(project, user, split=SPLIT, filters={"status": ["labelled"]})
    made.perform()
    made.refresh_from_db()
    assert made.status == "completed", made.error
    return made


@pytest.fixture
def version(project, owner):
    add_digits(project, owner)
    return frozen_version(project, owner)


@pytest.fixture
def spec() -> dict:
    return dict(TINY)


@pytest.fixture
def bare_version(project, owner):
    """A completed version where nobody looks inside."""
    return Version.objects.create(project=project, created_by=owner, number=1, status="completed", counts={"train": 40})


@pytest.fixture
def start(project, owner):
    def begin(version, **spec) -> Run:
        return Run.objects.start(project, owner, version, TINY | spec)

    return begin


@pytest.fixture
def run(start, bare_version):
    return start(bare_version)


class Performance(threading.Thread):
    """What the train worker does with a run, beside the test."""

    def __init__(self, run: Run):
        super().__init__(daemon=True)
        self.run_id = run.pk
        self.start()

    def run(self) -> None:
        try:
            Execution(Run.objects.get(pk=self.run_id), None).perform()
        finally:
            connections.close_all()

    @property
    def row(self) -> Run:
        return Run.objects.get(pk=self.run_id)

    def child(self) -> psutil.Process | None:
        spec = f"/{self.run_id}/spec.json"
        for process in psutil.Process().children():
            with contextlib.suppress(psutil.Error):  # it has just ended
                if any(word.endswith(spec) for word in process.cmdline()):
                    return process
        return None

    def until(self, reached: Callable[[Run], bool]) -> Run:
        assert eventually(lambda: reached(self.row)), f"{self.row.status} {self.row.error} {self.row.epoch}"
        return self.row

    def finish(self) -> Run:
        self.join(PATIENCE_SECONDS)
        assert not self.is_alive()
        return self.row


def eventually(reached: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if reached():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def performing():
    return Performance


@pytest.fixture
def own_redis(redis_url, settings, monkeypatch):
    """An empty Redis that this process uses, for messages too."""
    settings.REDIS_URL = redis_url
    monkeypatch.setattr(app.conf, "broker_url", redis_url.replace("unix://", "redis+socket://"))
    forget_connections()
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        client.flushall()
        yield client
    forget_connections()


def forget_connections() -> None:
    """Celery keeps the connections of the broker it knew first."""
    app.amqp._producer_pool = None
    app._pool = None
