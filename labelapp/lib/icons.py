"""Lucide's icons: inline in templates, and as one small sprite for scripts."""

import functools
import hashlib
import re
from pathlib import Path

from django.conf import settings

LITERAL = re.compile(r"""["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["'`]""")
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
SHAPE = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'


def folder() -> Path:
    return Path(settings.NPM_ROOT) / "lucide-static" / "icons"


@functools.cache
def inner(name: str) -> str:
    """What stands between the svg tags of an icon; KeyError for a name that Lucide does not have."""
    path = folder() / f"{name}.svg"
    if not path.is_file():
        raise KeyError(f"Lucide has no icon called {name}.")
    found = INNER.search(path.read_text())
    return re.sub(r"\s+", " ", found[1]).strip() if found else ""


def svg(name: str, label: str = "", extra: str = "") -> str:
    """An icon as an svg element; without a label it is decoration, which nobody reads aloud."""
    spoken = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return f'<svg class="{f"icon {extra}".strip()}" {SHAPE} {spoken}>{inner(name)}</svg>'


def sprite() -> tuple[str, str]:
    """The icons whose names stand as literals in our modules, as (svg, digest)."""
    return drawn() if settings.DEBUG else kept()


def drawn() -> tuple[str, str]:
    modules = sorted(Path(settings.BASE_DIR, "static", "js").rglob("*.js"))
    words = {word for module in modules for word in LITERAL.findall(module.read_text())}
    names = sorted(word for word in words if (folder() / f"{word}.svg").is_file())
    symbols = "".join(f'<symbol id="{name}" viewBox="0 0 24 24">{inner(name)}</symbol>' for name in names)
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


kept = functools.cache(drawn)
