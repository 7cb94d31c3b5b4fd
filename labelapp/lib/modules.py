"""Which of our browser modules a module imports.

A browser learns of an import when it has read the module that says so: of a page with two hundred modules, ten rows of
requests one after the other. A page that names all of them at once has them after one.
"""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.conf import settings

# What ends a statement of import or export; `import(...)` is asked for when it is wanted.
IMPORTED = re.compile(r"""^(?:import|export)\b[^;"']*["']([^"']+\.js)["'];?$""", re.MULTILINE)


@cache
def imported_by(path: str) -> tuple[str, ...]:
    """A module and all that it leads to, as names below ``static/``; libraries are left out."""
    found = {path: None}
    waiting = [path]
    while waiting:
        module = waiting.pop()
        names = IMPORTED.findall(Path(settings.BASE_DIR, "static", module).read_text())
        for other in (posixpath.normpath(f"{posixpath.dirname(module)}/{name}") for name in names if name[0] == "."):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return tuple(found)
