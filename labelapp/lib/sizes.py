"""Sizes as people read them."""

from django.utils.formats import number_format


def readable_bytes(count: int) -> str:
    """1536 -> "1.5 KB", as the pages write it."""
    value, units = float(count), ["B", "KB", "MB", "GB", "TB"]
    while value >= 1024 and len(units) > 1:
        value, units = value / 1024, units[1:]
    digits = 1 if value < 10 and units[0] != "B" and value != int(value) else 0
    return f"{number_format(round(value, digits), digits, use_l10n=True)} {units[0]}"
