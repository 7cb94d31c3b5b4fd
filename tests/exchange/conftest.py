import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from labelapp.annotations.models import Annotation
from labelapp.exchange.models import Export, Import
from labelapp.images import originals
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass

MOMENT = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def add_image(project, owner, picture):
    """An image with a stored original of 32 x 24 pixels."""

    def add(name: str, seed: int | None = None, to=None, **fields) -> Image:
        seed = Image.objects.count() if seed is None else seed
        sha256, size = originals.keep(ContentFile(picture(seed)))
        values = {"format": "PNG", "size_bytes": size, "width": 32, "height": 24, "created_by": owner} | fields
        return Image.objects.create(project=to or project, name=name, sha256=sha256, **values)

    return add


@pytest.fixture
def draw(owner):
    def draw_one(image, name="cat", shape="tag", geometry=None, **fields) -> Annotation:
        label_class = LabelClass.objects.filter(project=image.project, name=name).first()
        label_class = label_class or LabelClass.objects.add(image.project, name)
        moment = MOMENT + timedelta(microseconds=Annotation.objects.count())
        values = {"created_by": owner, "created_at": moment, "updated_at": moment} | fields
        return Annotation.objects.create(
            id=uuid.uuid4(), image=image, label_class=label_class, shape=shape, geometry=geometry or {}, **values
        )

    return draw_one


@pytest.fixture
def export(owner):
    """The bytes of an export that was made and performed at once."""

    def make(project, format="csv", user=None, **choices) -> bytes:
        job = Export.objects.start(project, user or owner, format=format, **choices)
        job.perform()
        assert job.status == "completed", job.error
        with job.file.open() as file:
            return file.read()

    return make


@pytest.fixture
def dry_run(owner):
    def make(project, content: bytes | str, user=None, name="labels.csv", **choices) -> Import:
        content = content.encode() if isinstance(content, str) else content
        job = Import.objects.start(project, user or owner, SimpleUploadedFile(name, content), **choices)
        job.perform()
        return job

    return make


@pytest.fixture
def apply():
    def do(job: Import) -> Import:
        job.apply()
        job.perform()
        assert job.status == "completed", job.error
        return job

    return do


@pytest.fixture
def labels():
    """Everything about a project's labels that a file must bring back."""

    def of(project) -> list:
        annotations = Annotation.objects.filter(image__project=project).order_by("pk").values_list(
            "pk", "image_id", "label_class__name", "shape", "geometry", "attributes", "source", "score", "model",
            "created_by", "created_at", "updated_at", "occluded", "z_order", "group",
        )  # fmt: skip
        images = Image.objects.filter(project=project).order_by("pk").values_list("pk", "status", "split", "group")
        return [list(annotations), list(images)]

    return of
