from django.db import migrations, models

INDEXED = ["image", "created_at", "author", "status", "status_before", "drawn", "accepted", "corrected"]


def count(apps, schema_editor):
    """Of what was saved before: rows that were not changed since they were made are taken for the author's own."""
    revisions = apps.get_model("annotations", "Revision").objects
    for revision in revisions.only("upsert", "before").iterator(chunk_size=200):
        known = {row["id"] for row in revision.before}
        accepted = sum(
            row["source"] == "auto" and row["id"] not in known and row["created_at"] == row["updated_at"]
            for row in revision.upsert
        )
        if accepted:
            revisions.filter(pk=revision.pk).update(accepted=accepted)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0011_throughput")]

    operations = [
        migrations.AddField("revision", "accepted", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.RemoveIndex("revision", "revision_throughput"),
        migrations.AddIndex("revision", models.Index(fields=INDEXED, name="revision_counts")),
    ]
