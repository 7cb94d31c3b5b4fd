from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from rest_framework.exceptions import ValidationError


@contextmanager
def refusing_twins(field: str, message: str) -> Iterator[None]:
    """What a validator could not see, because somebody else made the same at the same moment, the database has seen."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError({field: [message]}) from error
