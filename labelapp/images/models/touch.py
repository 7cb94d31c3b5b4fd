from django.db import models


class Touch(models.Model):
    """When an image, its annotations or its suggestions changed last: one row per image, written by triggers alone.

    Whoever keeps something in memory about images asks for the rows since they last looked. Rows of images that have
    been deleted stay as long as the project does: they are how the others learn of it. A row with the negative id of
    its project stands for all of its images.
    """

    image_id = models.BigIntegerField(primary_key=True)  # no foreign key: the row outlives the image
    project_id = models.BigIntegerField()
    number = models.BigIntegerField()  # SQLite: counts up in each project; PostgreSQL: id of the transaction

    class Meta:
        indexes = [models.Index(fields=["project_id", "number"], name="images_touch_of_project")]
