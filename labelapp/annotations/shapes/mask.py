from django.utils.translation import gettext as _

from labelapp.annotations.shapes import reading
from labelapp.annotations.shapes.problem import Problem


def normalise(geometry: dict, width: int, height: int) -> dict:
    """COCO run lengths, column-major, the first run counts zeros; runs of length 0 after the first are merged."""
    reading.fields(geometry, {"size", "counts"})
    if geometry["size"] != [height, width]:
        message = _("A mask covers the whole image: its size must be [height, width] = [{height}, {width}].")
        raise Problem("geometry.size", message.format(height=height, width=width))
    counts = geometry["counts"]
    if isinstance(counts, str):
        raise Problem("geometry.counts", _("Send uncompressed counts: a list of whole numbers."))
    if not isinstance(counts, list) or not all(type(count) is int and count >= 0 for count in counts):
        raise Problem("geometry.counts", _("A list of whole numbers, 0 or greater, is needed here."))
    if len(counts) > width * height + 1:
        message = _("There are {found} counts: more than the image has pixels ({pixels}).")
        raise Problem("geometry.counts", message.format(found=len(counts), pixels=width * height))
    if sum(counts) != width * height:
        message = _("The counts must sum up to height x width = {wanted}; they sum up to {found}.")
        raise Problem("geometry.counts", message.format(wanted=width * height, found=sum(counts)))
    if not any(counts[1::2]):
        raise Problem("geometry.counts", _("The mask is empty. Delete the annotation instead."))
    return {"size": [height, width], "counts": merged(counts)}


def merged(counts: list[int]) -> list[int]:
    """
    >>> merged([2, 3, 0, 4, 1, 0])
    [2, 7, 1]
    """
    runs: list[list[int]] = []
    for index, count in enumerate(counts):
        if not count:
            continue
        value = index % 2
        if runs and runs[-1][0] == value:
            runs[-1][1] += count
        else:
            runs.append([value, count])
    lengths = [length for _value, length in runs]
    return [0, *lengths] if runs[0][0] else lengths
