from labelapp.annotations.shapes import reading


def normalise(geometry: dict, width: int, height: int) -> dict:
    """Clipped to the image."""
    reading.fields(geometry, {"box"})
    x, y, w, h = reading.numbers(geometry["box"], "geometry.box", 4)
    reading.positive(w, "geometry.box.2")
    reading.positive(h, "geometry.box.3")
    if x >= 0 and y >= 0 and x + w <= width and y + h <= height:
        return {"box": [x, y, w, h]}
    left, top, right, bottom = max(x, 0.0), max(y, 0.0), min(x + w, float(width)), min(y + h, float(height))
    if right <= left or bottom <= top:
        raise reading.outside("geometry.box", width, height)
    return {"box": [left, top, right - left, bottom - top]}
