from typing import Any

from django.utils import timezone

from training.models import Checkpoint, Epoch, Run, RunStatus
from training.stream import RunStream

STREAMED = {"step", "epoch", "log"}


class LeaseLost(Exception):
    """The run belongs to another worker now, or a person has ended it."""


class Recorder:
    """Turns the engine's events into rows, and passes them on to live pages."""

    def __init__(self, run: Run, stream: RunStream):
        self.run = run
        self.stream = stream
        self.result: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None

    def record(self, event: dict[str, Any]) -> None:
        name = event.get("event", "")
        getattr(self, f"_{name}", lambda event: None)(event)
        if name in STREAMED:
            self.stream.add(name, event)

    def tell_status(self) -> None:
        """Publish where the run stands."""
        run = self.run
        self.stream.add(
            "status",
            {
                "status": run.status, "message": run.message, "epoch": run.epoch, "epochs": run.epochs,
                "error": run.error, "metrics": run.metrics, "time": timezone.now().timestamp(),
            },
        )  # fmt: skip

    def say(self, message: str, level: str = "info") -> None:
        """A line of ours among the engine's."""
        self.stream.add("log", {"event": "log", "level": level, "message": message, "time": timezone.now().timestamp()})

    def _status(self, event: dict[str, Any]) -> None:
        fields: dict[str, Any] = {"message": event.get("message") or ""}
        if self.run.status == RunStatus.PREPARING and event.get("status") == "running":
            fields["status"] = RunStatus.RUNNING
        self._update(**fields)
        self.stream.add(
            "status",
            event
            | {
                "status": self.run.status,
                "stage": event.get("status"),
                "epoch": self.run.epoch,
                "epochs": self.run.epochs,
            },
        )

    def _step(self, event: dict[str, Any]) -> None:
        if event.get("epochs") != self.run.epochs:
            self._update(epochs=event["epochs"])

    def _epoch(self, event: dict[str, Any]) -> None:
        Epoch.objects.update_or_create(
            run=self.run,
            number=event["epoch"],
            defaults={
                "metrics": event["metrics"],
                "learning_rate": event.get("learning_rate"),
                "seconds": event.get("seconds"),
                "images_per_second": event.get("images_per_second"),
                "best": bool(event.get("best")),
            },
        )
        self._update(epoch=event["epoch"], epochs=event["epochs"])

    def _checkpoint(self, event: dict[str, Any]) -> None:
        fields = {"epoch": event["epoch"], "path": event["path"]}
        Checkpoint.objects.update_or_create(run=self.run, kind=event["kind"], defaults=fields)

    def _error(self, event: dict[str, Any]) -> None:
        self.error = {name: event.get(name, "") for name in ("code", "message", "hint")}

    def _result(self, event: dict[str, Any]) -> None:
        self.result = event

    def _update(self, **fields: Any) -> None:
        if not self.run.update_mine(**fields):
            raise LeaseLost
