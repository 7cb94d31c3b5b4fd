"""A detection project with one picture of 12 megapixels for each number of shapes, for the benchmark of the canvas.

    LABELAPP_DATA_DIR=/tmp/canvas python -m benchmarks.canvas_shapes 1000 10000 50000

Prints one JSON object: the project, the session of its member, and the image of each number.
"""

import io
import json
import math
import os
import random
import sys
import uuid
from typing import Any

from benchmarks.many_images import session_of

WIDTH, HEIGHT = 4000, 3000
MARK = {"color": "#ff00ff", "box": [1900.0, 1400.0, 200.0, 200.0]}  # drawn last, in a colour that nothing else has
COLORS = ["#1f77b4", "#d98c00", "#2ca02c", "#b03060", "#7a5195"]


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    django.setup()
    from django.core.management import call_command

    from labelapp.accounts.models import User
    from labelapp.projects.models import LabelClass, Project

    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("canvas", password="correct horse battery")
    project = Project.objects.start(owner, name="Canvas", kind="detection")
    classes = [LabelClass.objects.add(project, f"class {place}", color=color) for place, color in enumerate(COLORS)]
    mark = LabelClass.objects.add(project, "mark", color=MARK["color"])
    images = {count: fill(project, owner, classes, mark, count) for count in map(int, sys.argv[1:])}
    print(json.dumps({"project": project.pk, "session": session_of(owner), "images": images}))


def fill(project, owner, classes, mark, count: int) -> int:
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from labelapp.annotations.models import Annotation
    from labelapp.images.models import Image

    name = f"{count:06}.jpg"
    image = Image.objects.get(pk=Image.objects.add(project, owner, name, ContentFile(picture(count), name)).id)
    now, draw = timezone.now(), random.Random(count)
    kept = {"image": image, "created_by": owner, "created_at": now, "updated_at": now}
    rows = [Annotation(label_class=draw.choice(classes), **shape(draw), **kept) for _each in range(count)]
    rows.append(
        Annotation(
            label_class=mark, shape="box", geometry={"box": MARK["box"]}, **kept | {"created_at": timezone.now()}
        )
    )
    Annotation.objects.bulk_create(rows, batch_size=1000)
    return int(image.pk)


def drawn(count: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The shapes of the picture with so many, and the mark, each with its colour."""
    draw = random.Random(count)
    shapes = [{"color": draw.choice(COLORS), **shape(draw)} for _each in range(count)]
    mark = {"shape": "box", "geometry": {"box": MARK["box"]}, "color": MARK["color"]}
    return [{name: each[name] for name in ("shape", "geometry", "color")} for each in shapes], mark


def shape(draw: random.Random) -> dict[str, Any]:
    """One of the kinds, from a few pixels to a tenth of the picture, small ones far more often."""
    x, y, size = draw.uniform(0, WIDTH - 400), draw.uniform(0, HEIGHT - 400), min(8 * draw.paretovariate(0.9), 380)
    kind = draw.choices(["box", "polygon", "rotated_box", "polyline", "ellipse"], [50, 30, 8, 6, 6])[0]
    if kind == "box":
        geometry: dict[str, Any] = {"box": [x, y, size, size * draw.uniform(0.4, 1.4)]}
    elif kind == "rotated_box":
        geometry = {"box": [x, y, size, size / 2], "angle": draw.uniform(0, 180)}
    elif kind == "ellipse":
        geometry = {"center": [x + size, y + size], "radii": [size / 2, size / 3], "angle": draw.uniform(0, 180)}
    else:
        corners = draw.randint(5, 30)
        turns = [2 * math.pi * place / corners for place in range(corners)]
        reach = [size / 2 * draw.uniform(0.6, 1) for _turn in turns]
        points = [
            [x + size / 2 + far * math.cos(turn), y + size / 2 + far * math.sin(turn)]
            for turn, far in zip(turns, reach, strict=True)
        ]
        geometry = {"rings": [points]} if kind == "polygon" else {"points": points}
    return {
        "id": uuid.UUID(int=draw.getrandbits(128), version=4),
        "shape": kind,
        "geometry": geometry,
        "source": "manual",
    }


def picture(seed: int) -> bytes:
    """Something of every size to look at: soft clouds of noise."""
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(seed).integers(0, 160, (HEIGHT // 40, WIDTH // 40, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
    return file.getvalue()


if __name__ == "__main__":
    main()
