import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("images", "0008_tile_pyramid"),
    ]

    operations = [
        migrations.AddField("image", "labelled_by", person()),
        migrations.AddField("image", "labelled_at", models.DateTimeField(null=True)),
        migrations.AddField("image", "reviewed_by", person()),
        migrations.AddField("image", "reviewed_at", models.DateTimeField(null=True)),
    ]
