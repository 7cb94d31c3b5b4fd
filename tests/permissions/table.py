"""docs/permissions.md as data: who may do what, one row a method of an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, get_resolver

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = ["nobody", "stranger", "viewer", "annotator", "reviewer", "owner", "admin"]
METHODS = ["get", "post", "put", "patch", "delete"]
VIEWS_THAT_ARE_FUNCTIONS = ["get"]  # they only read
ROW = re.compile(r"^\| (?P<method>[A-Z]+) \| `(?P<path>/[^`]*)` \|(?P<cells>.*)\|$")


@dataclass(frozen=True)
class Rule:
    method: str
    path: str  # as Django writes it
    answers: dict[str, str]  # role -> yes, no, hidden or sign in

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


def rules() -> list[Rule]:
    found = []
    for line in DOCUMENT.read_text().splitlines():
        if match := ROW.match(line):
            cells = [cell.strip() for cell in match["cells"].split("|")]
            answers = dict(zip(ROLES, cells, strict=True))
            found.append(Rule(match["method"].lower(), match["path"], answers))
    return found


def addresses() -> Iterator[tuple[str, str]]:
    """Method and path of everything that the site answers to."""
    for path, view in patterns(get_resolver()):
        kind = getattr(view, "cls", None) or getattr(view, "view_class", None)
        offered = [method for method in METHODS if hasattr(kind, method)] if kind else VIEWS_THAT_ARE_FUNCTIONS
        allowed = getattr(kind, "http_method_names", METHODS)
        for method in offered:
            if method in allowed:
                yield method, path


def patterns(resolver, prefix: str = "/") -> Iterator[tuple[str, object]]:
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield path, each.callback
        else:
            yield from patterns(each, path)
