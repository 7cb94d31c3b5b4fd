"""Where masks stand in an archive, and which image each is of."""

from collections import defaultdict
from pathlib import PurePosixPath

from labelapp.formats.mask_classes import READERS
from labelapp.formats.yolo_reader import SPLITS

CLASS_FOLDER, OBJECT_FOLDER = "SegmentationClass", "SegmentationObject"
FOLDERS = {"segmentationclass", "masks", "mask", "labels", "annotations", "annot", "gt", "label"}
IMAGE_FOLDERS = {"jpegimages", "images", "image", "imgs"}
SUFFIXES = ("_mask", "-mask", "_label", "_labels", "_gt")


def masks_among(names: list[str]) -> list[str]:
    """PNG files in folders of masks; where there are no such folders, all that are in no folder of images."""
    pictures = [name for name in names if name.lower().endswith(".png")]
    marked = [name for name in pictures if any(is_mask_folder(part) for part in folders_of(name))]
    free = (name for name in pictures if not any(part.lower() in IMAGE_FOLDERS for part in folders_of(name)))
    chosen = marked or list(free)
    return [name for name in chosen if OBJECT_FOLDER not in folders_of(name)]


def are_masks(names: list[str]) -> bool:
    """Whether an archive is one of masks: it has a folder of them, or PNG files and a list of their classes."""
    chosen = masks_among(names)
    listed = any(PurePosixPath(name).name.lower() in READERS for name in names)
    return (listed and bool(chosen)) or any(is_mask_folder(part) for name in chosen for part in folders_of(name))


def objects_by_image(names: list[str], masks: set[str]) -> dict[str, str]:
    """Where each object has a mask of its own (``x/images/x.png`` with ``x/masks/*.png``): which image it is of."""
    images: dict[str, list[str]] = defaultdict(list)
    for name in names:
        path = PurePosixPath(name)
        if path.parent.name.lower() in IMAGE_FOLDERS:
            images[str(path.parent.parent)].append(str(path.with_suffix("")))
    found: dict[str, list[str]] = defaultdict(list)
    for mask in masks:
        found[str(PurePosixPath(mask).parent.parent)].append(mask)
    return {
        mask: images[above][0]
        for above, each in found.items()
        if len(images.get(above, ())) == 1 and not is_named_alike(images[above][0], each)
        for mask in each
    }


def is_named_alike(image: str, masks: list[str]) -> bool:
    return len(masks) == 1 and image_of(masks[0])[0].rpartition("/")[2] == PurePosixPath(image).name


def folders_of(name: str) -> tuple[str, ...]:
    return PurePosixPath(name).parts[:-1]


def is_mask_folder(part: str) -> bool:
    return part.lower() in FOLDERS or part.lower().endswith(("annot", "_masks", "_labels"))


def image_of(file: str) -> tuple[str, str | None]:
    """The name of the image without its suffix, and the split, as the path of its mask tells them.

    >>> image_of("CamVid/trainannot/0001TP_006690.png")
    ('train/0001TP_006690', 'train')
    >>> image_of("masks/val/street/1_mask.png")
    ('street/1', 'validation')
    """
    *folders, name = PurePosixPath(file).with_suffix("").parts
    place = max((index for index, part in enumerate(folders) if is_mask_folder(part)), default=-1)
    beside = folders[place].lower().removesuffix("annot") if place >= 0 else ""  # CamVid: train and trainannot
    inside = folders[place + 1 :] if place >= 0 else [part for part in folders if part.lower() not in SPLITS]
    split = next((SPLITS[word] for word in (*map(str.lower, folders), beside) if word in SPLITS), None)
    if place >= 0 and inside and inside[0].lower() in SPLITS:
        inside = inside[1:]
    if beside in SPLITS:
        inside = [beside, *inside]
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix) or name
    return "/".join([*inside, name]), split


def partner_of(name: str) -> str:
    """The mask of the objects for one of the classes, and the other way round."""
    swapped = {CLASS_FOLDER: OBJECT_FOLDER, OBJECT_FOLDER: CLASS_FOLDER}
    return "/".join(swapped.get(part, part) for part in PurePosixPath(name).parts)


def mask_path(image: str) -> str:
    """
    >>> mask_path("JPEGImages/street/1.jpg")
    'SegmentationClass/street/1.png'
    """
    return str(PurePosixPath(CLASS_FOLDER) / PurePosixPath(image).relative_to("JPEGImages").with_suffix(".png"))
