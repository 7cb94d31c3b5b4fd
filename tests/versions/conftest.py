import hashlib
import uuid

import pyarrow.parquet as pq
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from labelapp.annotations.models import Annotation
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass


@pytest.fixture
def labelled(owner):
    """Images of a project, given as (class name or None) a picture, in order; content by number."""

    def make(project, names, first: int = 0, shape: str = "tag", **fields):
        images = []
        for number, name in enumerate(names, first):
            image = Image.objects.create(
                project=project, name=f"folder-{number % 3}/{number}.png", created_by=owner, format="PNG", size_bytes=9,
                sha256=hashlib.sha256(str(number).encode()).hexdigest(), width=64, height=48,
                status="labelled" if name else "new", revision=1, **fields,
            )  # fmt: skip
            if name:
                draw(image, name, owner, shape)
            images.append(image)
        return images

    return make


def draw(image, name, user, shape="tag", geometry=None):
    label_class = LabelClass.objects.filter(project=image.project, name=name).first()
    label_class = label_class or LabelClass.objects.add(image.project, name)
    geometry = geometry or ({"box": [1.0, 2.0, 10.5, 12.0]} if shape == "box" else {})
    return Annotation.objects.create(
        id=uuid.uuid4(), image=image, label_class=label_class, shape=shape, geometry=geometry, created_by=user,
        created_at=timezone.now(), updated_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def freeze():
    """A version made and performed at once."""
    from labelapp.versions.models import Version

    def make(project, user, **choices):
        choices = {"split": {"train": 0.7, "validation": 0.15, "test": 0.15}} | choices
        version = Version.objects.freeze(project, user, **choices)
        version.perform()
        return version

    return make


def manifest(version):
    with default_storage.open(f"{version.folder}/manifest.parquet") as file:
        return pq.read_table(file).to_pylist()
