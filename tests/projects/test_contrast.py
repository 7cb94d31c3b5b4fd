"""Texts on every background they stand on keep WCAG AA's contrast, in both themes."""

import re

import pytest
from django.conf import settings

TEXT, CONTROL = 4.5, 3.0
GROUNDS = ["bg", "surface", "sunken", "raised", "sidebar", "hover"]
PAIRS = [
    *((text, ground, TEXT) for text in ("text", "muted") for ground in GROUNDS),
    *(("accent-text", ground, TEXT) for ground in (*GROUNDS, "accent-soft")),
    *((f"{kind}-text", f"{kind}-soft", TEXT) for kind in ("success", "warning", "danger")),
    *((f"{kind}-text", ground, TEXT) for kind in ("success", "danger") for ground in ("bg", "surface", "raised")),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-danger", "danger", TEXT),
    ("on-danger", "danger-strong", TEXT),
    ("surface", "success-text", TEXT),
    ("text", "accent-soft", TEXT),
    *(("border-strong", ground, CONTROL) for ground in ("bg", "surface")),
    *(("accent", ground, CONTROL) for ground in GROUNDS),
    *(("focus", ground, CONTROL) for ground in GROUNDS),
]


def colors(theme: int) -> dict[str, str]:
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    found = re.findall(r"--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", text)
    return {name: pair[theme] for name, *pair in found}


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance of #rrggbb."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_text_and_ground_can_be_read(theme):
    color = colors(theme)
    bad = {
        f"{one} on {other}": round(contrast(color[one], color[other]), 2)
        for one, other, least in PAIRS
        if contrast(color[one], color[other]) < least
    }
    assert not bad
