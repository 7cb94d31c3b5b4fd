"""Words about words."""


def shorten(text: str, length: int = 60) -> str:
    """A text as an error message repeats it."""
    return text if len(text) <= length else text[: length - 1] + "…"
