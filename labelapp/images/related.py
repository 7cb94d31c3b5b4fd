"""What lies on images has its models in a room to the right of this one: they are reached by name."""

from typing import Any

from labelapp.images.models import Image


def annotations() -> Any:
    """The manager of all annotations."""
    return model_of("annotations")._base_manager


def table_of(related: str) -> str:
    return str(model_of(related)._meta.db_table)


def model_of(related: str) -> Any:
    return Image._meta.get_field(related).related_model
