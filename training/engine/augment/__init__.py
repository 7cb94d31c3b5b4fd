"""Random changes of training images: one class per file, put together by `pipeline.Pipeline`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from training.engine.augment.settings import AugmentationSettings


def preview(image: "np.ndarray", settings: "AugmentationSettings", seed: int = 0) -> "np.ndarray":
    """Returns one image as training would see it.

    Args:
        image: shape (height, width, 3), RGB, uint8.
        settings: a spec's `augmentation`.
        seed: another seed, another drawing of chance.

    Returns:
        Same shape, uint8.
    """
    # Imported here because specs are read where neither NumPy nor OpenCV is wanted.
    import numpy as np

    from training.engine.augment.pipeline import Pipeline

    return Pipeline(settings).change(image, np.random.default_rng(seed))[0]
