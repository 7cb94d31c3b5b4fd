"""How a large picture is cut into tiles: level 0 is as large as the picture, each further one half of that."""

TILE = 512  # pixels a side


def sizes(width: int, height: int) -> list[tuple[int, int]]:
    """Width and height of each level; the last one is a single tile."""
    found = [(width, height)]
    while max(found[-1]) > TILE:
        found.append((-(-found[-1][0] // 2), -(-found[-1][1] // 2)))
    return found


def grids(width: int, height: int) -> list[tuple[int, int]]:
    """Columns and rows of tiles in each level."""
    return [(-(-w // TILE), -(-h // TILE)) for w, h in sizes(width, height)]
