from django.db import models


class Checkpoint(models.Model):
    """The weights and optimiser state of a run at an epoch; the best and the last are kept."""

    run = models.ForeignKey("training.Run", on_delete=models.CASCADE, related_name="checkpoints")
    kind = models.CharField(max_length=8)  # last or best
    epoch = models.PositiveIntegerField()
    path = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "kind"], name="one_checkpoint_of_each_kind")]
