import time
from typing import Any

from training.models import Checkpoint, Epoch, EpochSamples, Run
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
        self.stream.add("status", self.run.snapshot)

    def say(self, message: str, level: str = "info") -> None:
        """A line of ours among the engine's."""
        event = {"event": "log", "level": level, "message": message, "time": time.time()}
        self._log(event)
        self.stream.add("log", event)

    def _status(self, event: dict[str, Any]) -> None:
        self._update(message=event.get("message") or "")
        if event.get("status") == "running":
            self.run.begin()
        self.stream.add("status", self.run.snapshot | {"stage": event.get("status"), "progress": event.get("progress")})

    def _log(self, event: dict[str, Any]) -> None:
        """Into the log file, where the engine's own output goes too: it outlives the stream."""
        at = time.strftime("%H:%M:%S", time.gmtime(event["time"]))
        with self.run.log_file.open("a", encoding="utf-8") as file:
            file.write(f"{at} {event['level']}: {event['message']}\n")

    def _step(self, event: dict[str, Any]) -> None:
        if event.get("epochs") != self.run.epochs:
            self._update(epochs=event["epochs"])

    def _epoch(self, event: dict[str, Any]) -> None:
        self._update(epoch=event["epoch"], epochs=event["epochs"])  # first: a run that is not ours gets no rows of us
        Epoch.objects.update_or_create(
            run=self.run,
            number=event["epoch"],
            defaults={
                "metrics": event["metrics"],
                "learning_rate": event.get("learning_rate"),
                "seconds": event.get("seconds"),
                "images_per_second": event.get("images_per_second"),
                "statistics": event.get("statistics", []),
                "best": bool(event.get("best")),
            },
        )

    def _samples(self, event: dict[str, Any]) -> None:
        """Drawings are many: live pages are told that they are there."""
        if not self.run.look():
            raise LeaseLost
        EpochSamples.objects.keep(self.run, event["epoch"], event["images"])
        self.stream.add("samples", {"event": "samples", "time": event["time"], "epoch": event["epoch"]})

    def _history(self, event: dict[str, Any]) -> None:
        """The epochs of before a resume: a worker that died may not have noted the last of them."""
        noted = set(Epoch.objects.filter(run=self.run).values_list("number", flat=True))
        for epoch in event["epochs"]:
            if epoch["epoch"] not in noted:
                self._epoch(epoch)
                self.stream.add("epoch", {"event": "epoch", "time": event["time"], **epoch})

    def _checkpoint(self, event: dict[str, Any]) -> None:
        fields = {"epoch": event["epoch"], "path": event["path"]}
        Checkpoint.objects.update_or_create(run=self.run, kind=event["kind"], defaults=fields)
        if event["kind"] == "last" and self.run.deaths:
            self._update(deaths=0)  # it got on: only deaths at the same place are counted

    def _error(self, event: dict[str, Any]) -> None:
        self.error = {name: event.get(name, "") for name in ("code", "message", "hint")}

    def _result(self, event: dict[str, Any]) -> None:
        self.result = event

    def _update(self, **fields: Any) -> None:
        if not self.run.update_mine(**fields):
            raise LeaseLost
