import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from labelapp.images import deletion
from labelapp.images.models import Image


@pytest.fixture
def add(project, owner, picture):
    """Add a picture to the project; returns the image."""

    def add_one(name: str = "a.png", seed: int = 0, **options) -> Image:
        content = ContentFile(picture(seed, **options), name)
        outcome = Image.objects.add(options.pop("project", project), owner, name, content)
        return Image.objects.get(pk=outcome.id)

    return add_one


@pytest.fixture
def upload(as_, project):
    """Send files (name -> bytes) as a person; returns the response."""

    def send(user, files: dict[str, bytes], class_from: str | None = None, paths: bool = True, to=None):
        parts = [SimpleUploadedFile(name.rsplit("/")[-1], content) for name, content in files.items()]
        form: dict = {"files": parts}
        if paths:
            form["paths"] = list(files)
        if class_from:
            form["class_from"] = class_from
        return as_(user).post(f"/api/projects/{(to or project).pk}/images/", form, format="multipart")

    return send


@pytest.fixture
def as_file():
    return io.BytesIO


@pytest.fixture
def one_by_one(monkeypatch):
    """Deleting for good goes in transactions of one image each."""
    monkeypatch.setattr(deletion, "chunks", lambda rows, size=1: ([each] for each in rows))


@pytest.fixture
def in_trash(add, owner):
    images = [add(f"{seed}.png", seed) for seed in range(3)]
    Image.objects.move_to_trash(owner)
    return images
