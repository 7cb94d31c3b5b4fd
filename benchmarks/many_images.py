"""Projects of any size as a team's would be: rows with statuses, splits, sources, folders, labels and suggestions.

    LABELAPP_DATA_DIR=/tmp/many python -m benchmarks.many_images 1000 100000 [detection] [--thumbnails]

Prints one JSON object: for each project its id, its classes, an image in its middle and the session of its member.
"""

import hashlib
import io
import json
import os
import random
import sys
import uuid
from pathlib import Path
from typing import Any

KINDS = ["classification", "detection"]
CLASSES = 20
BOXES = 5
SAVED = 300  # images that a benchmark may label
PICTURES = 60  # distinct thumbnails, shared by all images
STATUSES = {"labelled": 70, "approved": 10, "new": 15, "in_progress": 3, "sent_back": 2}
SPLITS = {"train": 60, "validation": 13, "test": 12, "": 15}
SOURCES = {"manual": 70, "file": 20, "auto": 6, "semi-auto": 4}
# A long tail: the last class is on one image in some hundreds.
WEIGHTS = [1 / (place + 1) ** 1.6 for place in range(CLASSES)]


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    made = []
    for size in [int(each) for each in sys.argv[1:] if each.isdecimal()]:
        for kind in [each for each in KINDS if each in sys.argv] or KINDS:
            made.append(Filling(size, kind).perform())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does a minute later
    if "--thumbnails" in sys.argv:
        make_thumbnails()
    print(json.dumps(made))


class Filling:
    def __init__(self, size: int, kind: str):
        self.size, self.kind = size, kind
        self.random = random.Random(f"{size} {kind}")

    def perform(self) -> dict[str, Any]:
        from labelapp.accounts.models import User
        from labelapp.projects.models import LabelClass, Project

        # One person per size: their list of projects has projects of that size only.
        username = f"member-{self.size}"
        self.user = User.objects.filter(username=username).first() or User.objects.create_user(
            username, password="correct horse battery"
        )
        self.project = Project.objects.start(self.user, name=f"{self.kind} of {self.size}", kind=self.kind)
        self.classes = [LabelClass.objects.add(self.project, f"class {number:02}") for number in range(CLASSES)]
        for start in range(0, self.size, 5000):
            self._write(list(range(start, min(start + 5000, self.size))))
        kept = self.project.images.filter(trashed_at=None).order_by("id")
        middle = kept[kept.count() // 2]
        return {
            "project": self.project.pk, "size": self.size, "kind": self.kind, "session": session_of(self.user),
            "username": self.user.username, "common": self.classes[0].pk, "rare": self.classes[-1].pk,
            "middle": middle.pk, "middle_name": middle.name,
            "to_save": list(kept.filter(id__lt=middle.pk).values_list("id", flat=True)[:SAVED]),
        }  # fmt: skip

    def _write(self, numbers: list[int]) -> None:
        from labelapp.annotations.models import Annotation, Suggestion
        from labelapp.images.models import Image

        images = Image.objects.bulk_create(self._image(number) for number in numbers)
        Annotation.objects.bulk_create((each for image in images for each in self._annotations(image)), batch_size=5000)
        Suggestion.objects.bulk_create(each for image in images for each in self._suggestions(image))

    def _image(self, number: int):
        from labelapp.images.models import Image

        trash = self.random.random() < 0.01
        return Image(
            project=self.project, created_by=self.user, prepared=True, format="JPEG",
            name=f"site-{number % 40:02}/day-{number // 500:03}/IMG_{number:06}.jpg",
            sha256=hashlib.sha256(f"{self.project.pk} {number}".encode()).hexdigest(),
            size_bytes=self.random.randrange(50_000, 9_000_000), width=1920, height=1080, status=self._one_of(STATUSES),
            split=self._one_of(SPLITS), group=f"scene {number // 25}", trashed_at=self.now if trash else None,
        )  # fmt: skip

    def _annotations(self, image):
        from labelapp.annotations.models import Annotation

        if image.status == "new":
            return
        one_tag = self.kind == "classification"
        for _each in range(1 if one_tag else self.random.randrange(1, 2 * BOXES)):
            box = [self.random.random() * 900, self.random.random() * 500, 40.5 + self.random.random(), 60.25]
            yield Annotation(
                id=uuid.UUID(int=self.random.getrandbits(128), version=4), image=image, created_by=self.user,
                label_class=self.random.choices(self.classes, WEIGHTS)[0], shape="tag" if one_tag else "box",
                geometry={} if one_tag else {"box": box}, source=self._one_of(SOURCES), created_at=self.now,
                updated_at=self.now,
            )  # fmt: skip

    def _suggestions(self, image):
        from labelapp.annotations.models import Suggestion

        if image.status == "new" and self.random.random() < 0.7:
            yield Suggestion(
                image=image, label_class=self.random.choice(self.classes), shape="tag", score=self.random.random(),
                uncertainty=self.random.random(), model=1,
            )  # fmt: skip

    def _one_of(self, weights: dict[str, int]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    @property
    def now(self):
        from django.utils import timezone

        return timezone.now()


def session_of(user) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def make_thumbnails() -> None:
    """Really rendered pictures, a few of them, under the hash of every image: links, so that the disk holds them."""
    from django.core.files.storage import default_storage
    from PIL import Image as Picture

    from labelapp.images.models import Image
    from labelapp.images.preparation import path_of
    from labelapp.images.rendering import DISPLAY, THUMBNAIL, render_all

    paths: dict[int, list[str]] = {THUMBNAIL: [], DISPLAY: []}
    for number in range(PICTURES):
        noise = Picture.effect_noise((30, 20), 90).resize((1920, 1080), Picture.Resampling.BICUBIC)
        tint = Picture.new("L", noise.size, number * 255 // PICTURES)
        file = io.BytesIO()
        Picture.merge("RGB", [noise, tint, noise.transpose(Picture.Transpose.ROTATE_180)]).save(file, "JPEG")
        for size, content in render_all(file, paths).items():
            path = default_storage.path(f"pictures/{number}-{size}.webp")
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(content)
            paths[size].append(path)
    for number, sha256 in enumerate(Image.objects.values_list("sha256", flat=True).iterator()):
        for size, made in paths.items():
            link = Path(default_storage.path(path_of(sha256, size)))
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            os.link(made[number % PICTURES], link)


if __name__ == "__main__":
    main()
