from django.db import models

from labelapp.annotations.models.standing import whole


class RowsField(models.JSONField):
    """Annotations as a revision keeps them. Those that were kept before rows had all fields are read with them."""

    def from_db_value(self, value, expression, connection):
        rows = super().from_db_value(value, expression, connection)
        return whole(rows) if isinstance(rows, list) else rows

    def deconstruct(self):
        """The database has a JSON field: a migration would copy all revisions for nothing."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
