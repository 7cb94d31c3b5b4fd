"""A project to try the site with: scikit-learn's bundled handwritten digits, some of them labelled."""

import csv
import gzip
import importlib.util
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Picture

from labelapp.annotations.models import Revision, Source
from labelapp.images.arrival import Arrival, receive
from labelapp.images.models import Image
from labelapp.projects.models import Kind, LabelClass, Project

LABELLED_OF_EACH = 30
EDGE = 8  # pixels of a digit, each 0 to 16
SHOWN_EDGE = 32


def make_sample_project(user) -> Project:
    """1,797 real images of ten classes, 300 of them labelled; the rest waits for a person or a model."""
    with transaction.atomic():
        project = Project.objects.start(
            user,
            name=_("Handwritten digits"),
            description=_("1,797 real digits that come with scikit-learn. 300 are labelled: label more, or train now."),
            kind=Kind.CLASSIFICATION,
        )
        classes = {digit: LabelClass.objects.add(project, str(digit), key=str(digit)) for digit in range(10)}
        arrivals, labels = [], {}
        for number, (label, pixels) in enumerate(digits()):
            arrival = receive(f"digit-{number:04}.png", ContentFile(as_png(pixels)))
            assert isinstance(arrival, Arrival)
            arrivals.append(arrival)
            labels[arrival.sha256] = label
        Image.objects.admit(project, user, arrivals)
        taken: Counter[int] = Counter()
        pairs = []
        for image in project.images.order_by("id"):
            label = labels[image.sha256]
            if taken[label] < LABELLED_OF_EACH:
                taken[label] += 1
                pairs.append((image, classes[label]))
        Revision.objects.tag_images(project, user, pairs, source=Source.FILE)
    return project


def digits() -> Iterator[tuple[int, list[int]]]:
    """Label and 64 pixels of every digit. Read from the file: importing scikit-learn would take seconds."""
    package = importlib.util.find_spec("sklearn")
    assert package
    assert package.submodule_search_locations
    path = Path(package.submodule_search_locations[0]) / "datasets" / "data" / "digits.csv.gz"
    with gzip.open(path, "rt") as file:
        for row in csv.reader(file):
            *pixels, label = (int(float(value)) for value in row)
            yield label, pixels


def as_png(pixels: list[int]) -> bytes:
    """A digit as a PNG, magnified so that people can read it."""
    picture = Picture.frombytes("L", (EDGE, EDGE), bytes(min(value * 16, 255) for value in pixels))
    file = io.BytesIO()
    picture.resize((SHOWN_EDGE, SHOWN_EDGE), Picture.Resampling.BICUBIC).save(file, "PNG")
    return file.getvalue()
