from typing import Self

from django.db import models


class ModelQuerySet(models.QuerySet["Model"]):
    def visible_to(self, user) -> Self:
        return self.filter(project__memberships__user=user)


class Model(models.Model):
    """The exportable result of a run, with its card."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="models")
    run = models.OneToOneField("training.Run", on_delete=models.CASCADE, related_name="model")
    name = models.CharField(max_length=200)
    task = models.CharField(max_length=32)
    card = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ModelQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    @property
    def folder(self) -> str:
        """Where the result folder lies in the default storage."""
        return f"models/{self.run_id}"
