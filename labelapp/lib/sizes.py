"""Sizes and counts as people read them."""

from django.utils.formats import number_format


def readable_bytes(count: int) -> str:
    """1536 -> "1.5 KB", as the pages write it."""
    value, units = float(count), ["B", "KB", "MB", "GB", "TB"]
    while value >= 1024 and len(units) > 1:
        value, units = value / 1024, units[1:]
    digits = 1 if value < 10 and units[0] != "B" and value != int(value) else 0
    return f"{number_format(round(value, digits), digits, use_l10n=True)} {units[0]}"


def readable_count(count: int) -> str:
    """12345 -> "12,345", as the language of the page has it."""
    return number_format(count, use_l10n=True, force_grouping=True)
