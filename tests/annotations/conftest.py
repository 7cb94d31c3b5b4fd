import uuid

import pytest

from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from tests.annotations.sending_parts import announce, append, open_upload, zipped  # noqa: F401  (fixtures)
from tests.annotations.starting_rounds import images, queue, start  # noqa: F401  (fixtures)

FUR = {"name": "fur", "type": "select", "options": ["red", "grey"]}
AGE = {"name": "age", "type": "number", "min": 0, "max": 30, "step": 0.5}
OLD = {"name": "old", "type": "checkbox"}
NOTE = {"name": "note", "type": "text"}


@pytest.fixture
def add_image(project, owner):
    """A row of an image 100 x 80 pixels; no file is needed where only labels are looked at."""

    def add(name: str = "a.png", of=None, **fields) -> Image:
        defaults = {"format": "PNG", "size_bytes": 1, "width": 100, "height": 80, "created_by": owner}
        return Image.objects.create(project=of or project, name=name, sha256=uuid.uuid4().hex, **(defaults | fields))

    return add


@pytest.fixture
def image(add_image):
    return add_image()


@pytest.fixture
def cat(project):
    return LabelClass.objects.add(project, "cat")


@pytest.fixture
def dog(project):
    return LabelClass.objects.add(project, "dog")


@pytest.fixture
def free_project(project):
    """The project, of a kind that takes every shape and several tags."""
    project.kind = "any"
    project.save(update_fields=["kind"])
    return project


@pytest.fixture
def tag():
    def make(label_class, **fields) -> dict:
        return {"id": str(uuid.uuid4()), "class": label_class.pk, "shape": "tag", "geometry": {}, **fields}

    return make


@pytest.fixture
def box():
    def make(label_class, x=1.0, y=2.0, w=30.0, h=40.0, **fields) -> dict:
        geometry = {"box": [x, y, w, h]}
        return {"id": str(uuid.uuid4()), "class": label_class.pk, "shape": "box", "geometry": geometry, **fields}

    return make


@pytest.fixture
def save(owner):
    """Apply a change set on top of the image as it is, as the owner unless ``by`` names another."""
    from labelapp.annotations.models import Revision

    def apply(image, *upsert, by=None, **options):
        options.setdefault("key", uuid.uuid4())
        return Revision.objects.apply(image, by or owner, upsert=list(upsert), **options)

    return apply


@pytest.fixture
def give(save, tag):
    """Give an image a class as a tag, with values of attributes; answers the annotation's id."""

    def make(image, label_class, by=None, **attributes) -> str:
        row = tag(label_class, attributes=attributes)
        save(image, row, by=by, status="labelled")
        return row["id"]

    return make


@pytest.fixture
def done():
    """A change of classes once a worker has performed it."""

    def perform(change):
        if not change.finished:
            change.perform()
            change.refresh_from_db()
        assert change.status == "completed", change.error
        return change

    return perform


@pytest.fixture
def typed(cat, owner):
    cat.change(owner, attributes=[FUR, AGE, OLD, NOTE])
    return cat
