from django.db import models

from labelapp.projects.models import Job


class Archive(Job):
    """A ZIP of images that is being unpacked; ``results`` has one entry per member, as the upload's report."""

    task = "labelapp.annotations.tasks.unpack_archive"

    name = models.CharField(max_length=1000)
    file = models.FileField(upload_to="archives/", max_length=300)
    class_from = models.CharField(max_length=16, default="none")
    results = models.JSONField(default=list)

    def work(self) -> None:
        from labelapp.annotations.uploads import unpack

        unpack(self)
