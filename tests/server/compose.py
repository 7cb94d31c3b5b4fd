"""The compose files as Docker reads them: variables filled in, and later files laid over the first."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from compose_spec import PyCompose

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<other>(?:[^{}]|\$\{[^{}]*\})*))?\})")
ENVIRONMENT = {"LABELAPP_HOST": "label.example.org", "LABELAPP_SERVER": "10.0.0.5"}


def read(name: str, environment: dict[str, str] = ENVIRONMENT) -> dict[str, Any]:
    """One file, checked against the compose specification."""
    text = filled((ROOT / name).read_text(), environment)
    whole = yaml.safe_load(text)  # lays merge keys out, which the strict parser does not know
    PyCompose.from_json(json.dumps(whole)).to_spec()
    return whole


def merged(*names: str, **environment: str) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for name in names:
        whole = over(whole, read(name, ENVIRONMENT | environment))
    return whole


def over(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: over(below[key], value) if key in below else value for key, value in above.items()}
    return above


def filled(text: str, environment: dict[str, str]) -> str:
    def value(match: re.Match) -> str:
        if match["dollar"]:
            return "$"
        if known := environment.get(match["name"]):
            return known
        if match["kind"] == "-":
            return filled(match["other"], environment)
        raise KeyError(f"{match['name']}: {match['other']}")

    return VARIABLE.sub(value, text)
