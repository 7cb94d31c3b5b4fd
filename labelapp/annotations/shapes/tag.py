from labelapp.annotations.shapes import reading


def normalise(geometry: dict, width: int, height: int) -> dict:
    reading.fields(geometry, set())
    return {}
