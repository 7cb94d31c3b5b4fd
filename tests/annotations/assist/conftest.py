import pytest
from django.core.files.base import ContentFile

from labelapp.annotations.assist.assistant import assistant
from labelapp.images import originals
from labelapp.images.models import Image
from tests.annotations.assist.scenes import discs, png


@pytest.fixture
def cells(project, owner):
    """An image of three discs, with its file, in a project that takes every shape."""
    project.kind = "any"
    project.save(update_fields=["kind"])
    content = png(discs([(40, 40), (110, 40), (75, 90)]))
    sha256, size = originals.keep(ContentFile(content))
    return Image.objects.create(
        project=project, name="cells.png", sha256=sha256, size_bytes=size, format="PNG", width=160, height=120,
        created_by=owner,
    )  # fmt: skip


@pytest.fixture
def ask(as_, annotator, cells):
    def send(tool="grabcut", by=annotator, image=cells, **given):
        body = {"tool": tool, "input": {"box": [20, 20, 40, 40]} if tool == "grabcut" and not given else given}
        return as_(by).post(f"/api/images/{image.pk}/assist/", body, format="json")

    return send


@pytest.fixture(scope="session", autouse=True)
def no_tools_left():
    yield
    assistant().close()
    assistant.__globals__["_assistant"].cache_clear()
