"""A small project of real digits, frozen; trainings of it take seconds."""

import pytest
from django.core.files.base import ContentFile

from labelapp.annotations.models import Revision
from labelapp.annotations.sample import as_png, digits
from labelapp.images.arrival import receive
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from labelapp.versions.models import Version

CLASSES = 3
IMAGES_PER_CLASS = 20
SPEC = {"preset": "compact_cnn", "image_size": 16, "epochs": 3, "batch_size": 16, "augmentation": {"rotate": 0}}


def make_version(project, user) -> Version:
    classes = {digit: LabelClass.objects.add(project, str(digit)) for digit in range(CLASSES)}
    labels, arrivals = {}, []
    taken = dict.fromkeys(classes, 0)
    for label, pixels in digits():
        if label in taken and taken[label] < IMAGES_PER_CLASS:
            taken[label] += 1
            arrival = receive(f"{label}/{taken[label]}.png", ContentFile(as_png(pixels)))
            arrivals.append(arrival)
            labels[arrival.sha256] = classes[label]
    Image.objects.admit(project, user, arrivals)
    pairs = [(image, labels[image.sha256]) for image in project.images.all()]
    Revision.objects.tag_images(project, user, pairs)
    split = {"train": 0.6, "validation": 0.2, "test": 0.2}
    version = Version.objects.freeze(project, user, filters={}, split=split, seed=1)
    version.perform()
    version.refresh_from_db()
    return version


@pytest.fixture
def version(project, owner):
    return make_version(project, owner)


@pytest.fixture
def spec():
    return dict(SPEC)
