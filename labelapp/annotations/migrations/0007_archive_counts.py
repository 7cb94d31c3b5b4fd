from collections import Counter

from django.db import migrations, models

NAMES = ("added", "duplicate", "refused")


def count(apps, schema_editor):
    archives = apps.get_model("annotations", "Archive").objects
    for row in archives.only("results").iterator(chunk_size=20):
        statuses = Counter(each["status"] for each in row.results)
        archives.filter(pk=row.pk).update(**{name: statuses[name] for name in NAMES})


class Migration(migrations.Migration):
    dependencies = [("annotations", "0006_accept_many")]

    operations = [
        *(migrations.AddField("archive", name, models.PositiveIntegerField(default=0)) for name in NAMES),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
