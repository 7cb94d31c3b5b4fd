from collections.abc import Iterator
from typing import Any

from labelapp.images.models import Image
from labelapp.images.preparation import rendering
from labelapp.images.rendering import THUMBNAIL
from training.engine.augment.settings import AugmentationSettings


def augmented(
    project: Any, settings: AugmentationSettings, seed: int, count: int
) -> Iterator[tuple[int, bytes, bytes]]:
    """Some images of a project before and after augmentation.

    Yields:
        Id of the image, its thumbnail and the changed one, both WebP.
    """
    # OpenCV takes its time to import: only this preview needs it in the web process.
    import cv2
    import numpy as np

    from training.engine.augment import preview

    ids = list(Image.objects.filter(project=project).kept().order_by("id").values_list("pk", flat=True)[:1000])
    chosen = np.random.default_rng(seed).permutation(len(ids))[:count]
    for position in chosen:
        image = Image.objects.get(pk=ids[position])
        before = rendering(image.sha256, THUMBNAIL)
        pixels = cv2.imdecode(np.frombuffer(before, np.uint8), cv2.IMREAD_COLOR_RGB)
        assert pixels is not None  # our own rendering
        changed = preview(pixels, settings, seed * 1000 + int(position))
        _done, after = cv2.imencode(".webp", cv2.cvtColor(changed, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, 85])
        yield image.pk, before, after.tobytes()
