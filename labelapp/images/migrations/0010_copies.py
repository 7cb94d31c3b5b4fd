import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "image_ids": ["id"],
    "image_statuses": ["status", "id"],
    "image_names": ["name", "id"],
    "image_updates": ["updated_at", "id"],
    "image_bytes": ["size_bytes"],
}


class Migration(migrations.Migration):
    dependencies = [("images", "0009_people")]

    operations = [
        migrations.RemoveConstraint("image", "image_once_per_project"),
        *(
            migrations.RemoveIndex("image", name)
            for name in (
                "images_imag_project_6bb777_idx",
                "images_imag_project_ef66c6_idx",
                "images_imag_project_bf8cab_idx",
                "images_imag_project_679ad4_idx",
                "image_sizes",
            )
        ),
        migrations.AddField(
            "image",
            "copy_of",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="images.image"
            ),
        ),
        *(
            migrations.AddIndex("image", models.Index(fields=["project", "copy_of", "trashed_at", *fields], name=name))
            for name, fields in INDEXES.items()
        ),
        migrations.AddConstraint(
            "image",
            models.UniqueConstraint(
                condition=models.Q(("copy_of", None)), fields=("project", "sha256"), name="original_once_per_project"
            ),
        ),
    ]
