from django.db import migrations, models


def count(apps, schema_editor):
    imports = apps.get_model("exchange", "Import").objects
    for row in imports.exclude(findings={}).only("findings").iterator(chunk_size=20):
        errors, changed = row.findings.get("error_count", 0), row.findings.get("images_changed", 0)
        imports.filter(pk=row.pk).update(error_count=errors, images_changed=changed)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_job_lease")]

    operations = [
        migrations.AddField("import", "error_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("import", "images_changed", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
