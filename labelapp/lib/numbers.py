"""Numbers as people and scripts write them into addresses."""

MOST_DIGITS = 18  # what a 64-bit column holds for certain
LARGEST = 10**MOST_DIGITS - 1


def whole_number(text: object) -> int | None:
    """The number that a text such as "42" stands for; None for anything else, and for what no id can be."""
    digits = "" if isinstance(text, bool) else str(text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None
