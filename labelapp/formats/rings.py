"""Several rings as one, for formats whose polygons have neither holes nor parts."""

Ring = list[list[float]]


def signed_area(ring: Ring) -> float:
    """
    >>> signed_area([[0, 0], [2, 0], [2, 2], [0, 2]])
    4.0
    """
    following = ring[1:] + ring[:1]
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, following, strict=True)) / 2


def area(rings: list[Ring]) -> float:
    """Of the first ring without the others, which are its holes."""
    outer, *holes = (abs(signed_area(ring)) for ring in rings)
    return max(0.0, outer - sum(holes))


def joined(rings: list[Ring], holes: bool) -> Ring:
    """One ring that goes to each of the others and back on the same line, which has no width: the area is the same.

    As ``merge_multi_segment`` of Ultralytics does with the parts of an object in COCO.

    Args:
        holes: all rings but the first are holes in it; otherwise they are further parts.

    >>> joined([[[0, 0], [1, 0], [1, 1]], [[3, 0], [4, 0], [4, 1]]], holes=False)
    [[0.0, 0.0], [1.0, 0.0], [3.0, 0.0], [4.0, 0.0], [4.0, 1.0], [3.0, 0.0], [1.0, 0.0], [1.0, 1.0]]
    """
    if len(rings) == 1:
        return rings[0]
    import numpy as np

    whole = np.array(rings[0], float)  # a mask may have thousands of parts, and each looks for its nearest point
    turns = signed_area(rings[0]) >= 0
    for ring in rings[1:]:
        if (signed_area(ring) >= 0) == (turns == holes):
            ring = ring[::-1]
        begin = min(range(len(ring)), key=lambda each: ring[each])
        near = int(((whole - ring[begin]) ** 2).sum(1).argmin())
        whole = np.concatenate([whole[: near + 1], ring[begin:], ring[: begin + 1], whole[near:]])
    return whole.tolist()
