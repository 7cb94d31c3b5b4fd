from django.db import migrations, models

INDEXED = ["image", "created_at", "author", "status", "status_before", "drawn", "corrected"]


def count(apps, schema_editor):
    """Of what was saved before: rows that were not changed since they were made are taken for the author's own."""
    revisions = apps.get_model("annotations", "Revision").objects
    for revision in revisions.only("upsert", "before").iterator(chunk_size=200):
        sources = {row["id"]: row["source"] for row in revision.before}
        drawn = corrected = 0
        for row in revision.upsert:
            if row["source"] == "manual":
                drawn += row["id"] not in sources and row["created_at"] == row["updated_at"]
            elif row["source"] == "semi-auto":
                corrected += sources.get(row["id"]) != "semi-auto"
        if drawn or corrected:
            revisions.filter(pk=revision.pk).update(drawn=drawn, corrected=corrected)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0010_assignment")]

    operations = [
        migrations.AddField("revision", "corrected", models.PositiveIntegerField(default=0)),
        migrations.AddField("revision", "drawn", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddIndex("revision", models.Index(fields=INDEXED, name="revision_throughput")),
    ]
