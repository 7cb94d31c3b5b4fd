"""Typed readers of the environment. A value that cannot be read stops the start with one clear line."""

import contextlib
import os
import secrets
from pathlib import Path


class EnvironmentProblem(SystemExit):
    """A setting that cannot be used; the message names the variable and the mend."""


def text(name: str, default: str = "") -> str:
    """Read ``name``, or the file that ``name_FILE`` points to (for secrets mounted as files)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvironmentProblem(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
    return os.environ.get(name, default)


def needed(name: str) -> str:
    """Read what another setting cannot do without."""
    value = text(name)
    if not value:
        raise EnvironmentProblem(f"{name} is missing")
    return value


def integer(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise EnvironmentProblem(f"{name} must be a whole number, not {value!r}") from None


def boolean(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise EnvironmentProblem(f"{name} must be yes or no, not {value!r}")


def choice(name: str, choices: list[str], default: str) -> str:
    value = text(name).lower() or default
    if value not in choices:
        raise EnvironmentProblem(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """Read a comma-separated list."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def folder(name: str, default: Path) -> Path:
    """Read a folder, make it, and make sure that it can be written to."""
    path = Path(text(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(f"{name}: cannot make the folder {path}: {error.strerror}") from error
    if not os.access(path, os.W_OK):
        raise EnvironmentProblem(f"{name}: no permission to write to {path}")
    return path


def secret(name: str, path: Path) -> str:
    """Read a secret, or make one and keep it in ``path``, readable by this user only."""
    if value := text(name):
        return value
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        # link() fails when another process was first: all of them then read the same one.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8")
