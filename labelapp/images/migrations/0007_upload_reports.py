from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("images", "0006_deletion")]

    operations = [
        migrations.AddField("uploadedfile", "path", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("upload", "paused", models.BooleanField(default=False)),
        migrations.AddField("upload", "idle_seconds", models.FloatField(default=0)),
    ]
