"""COCO run lengths of masks: the list of counts and its compressed text."""


def compress(counts: list[int]) -> str:
    """The text that COCO calls compressed RLE: base 32 digits of the difference to the count two places before.

    As ``rleToString`` of https://github.com/cocodataset/cocoapi (common/maskApi.c).

    >>> compress([5, 3, 7, 2])
    '537O'
    """
    out = []
    for index, count in enumerate(counts):
        value = count - counts[index - 2] if index > 2 else count
        more = True
        while more:
            digit = value & 0x1F
            value >>= 5
            more = value != -1 if digit & 0x10 else value != 0
            out.append(chr((digit | 0x20 if more else digit) + 48))
    return "".join(out)


def decompress(text: str) -> list[int]:
    """The counts of a compressed text.

    Raises:
        ValueError: the text ends inside a number or has a character that COCO does not use.
    """
    counts: list[int] = []
    value = shift = 0
    for character in text:
        digit = ord(character) - 48
        if not 0 <= digit < 64:
            raise ValueError(character)
        value |= (digit & 0x1F) << shift
        shift += 5
        if digit & 0x20:
            continue
        if digit & 0x10:
            value -= 1 << shift
        counts.append(value + counts[-2] if len(counts) > 2 else value)
        value = shift = 0
    if shift:
        raise ValueError(text[-1])
    return counts


def bounds(size: list[int], counts: list[int]) -> tuple[float, float, float, float] | None:
    """The box ``x, y, w, h`` around a mask given as column-major run lengths; None when nothing is set."""
    height = size[0]
    left = top = right = bottom = None
    position = 0
    for index, count in enumerate(counts):
        if index % 2 and count:
            first, last = divmod(position, height), divmod(position + count - 1, height)
            spans = first[0] != last[0]  # a run over a column's end touches both borders
            low, high = (0, height - 1) if spans else (first[1], last[1])
            left = first[0] if left is None else left
            right = last[0]
            top = low if top is None else min(top, low)
            bottom = high if bottom is None else max(bottom, high)
        position += count
    if left is None or right is None or top is None or bottom is None:
        return None
    return float(left), float(top), float(right - left + 1), float(bottom - top + 1)
