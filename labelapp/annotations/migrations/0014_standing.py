from django.db import migrations, models

FIELDS = {
    "occluded": models.BooleanField(default=False, db_default=False),
    "z_order": models.IntegerField(default=0, db_default=0),
    "group": models.IntegerField(null=True),
}


def add(apps, schema_editor):
    """SQLite adds a column with a constant default at once; Django would copy all annotations, once per column."""
    annotation = apps.get_model("annotations", "Annotation")
    for name, field in FIELDS.items():
        field = field.clone()
        field.set_attributes_from_name(name)
        field.model = annotation
        if schema_editor.connection.vendor != "sqlite" or field.null:
            schema_editor.add_field(annotation, field)
            continue
        table, column = map(schema_editor.quote_name, (annotation._meta.db_table, field.column))
        kind = field.db_type(schema_editor.connection)
        schema_editor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} DEFAULT 0 NOT NULL")


def remove(apps, schema_editor):
    annotation = apps.get_model("annotations", "Annotation")
    for name, field in FIELDS.items():
        field = field.clone()
        field.set_attributes_from_name(name)
        field.model = annotation
        schema_editor.execute(
            schema_editor.sql_delete_column
            % {
                "table": schema_editor.quote_name(annotation._meta.db_table),
                "column": schema_editor.quote_name(field.column),
                "changes": "",
            }
        )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0013_people_of_images")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, remove)],
            state_operations=[migrations.AddField("annotation", name, field) for name, field in FIELDS.items()],
        ),
    ]
