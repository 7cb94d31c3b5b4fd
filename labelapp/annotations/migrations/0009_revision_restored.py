from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_comment")]

    operations = [migrations.AddField("revision", "restored", models.PositiveIntegerField(null=True))]
