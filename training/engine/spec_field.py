"""One field of a spec, with what a form needs to know of it."""

from typing import Any

from pydantic import Field


def spec_field(
    group: str,
    title: str,
    description: str,
    default: Any = None,
    advanced: bool = False,
    more: dict[str, Any] | None = None,
    **bounds: Any,
) -> Any:
    """Returns a field of a model.

    Args:
        group: where a form shows it.
        title: as people read it.
        description: a sentence or two.
        default: its value when nothing is said.
        advanced: whether a form folds it away.
        more: what else goes into its schema: `tasks` that make use of it, or `choices_by_task`.
        bounds: as `pydantic.Field` takes them.
    """
    extra = {"group": group, "advanced": advanced, **(more or {})}
    return Field(default, title=title, description=description, json_schema_extra=extra, **bounds)
