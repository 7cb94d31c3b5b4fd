from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_session_salt")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_vouched",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
