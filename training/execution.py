"""One run, from its row to its result: claim, child process, events, row."""

import errno
import json
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.lib import log_context
from labelapp.lib.heartbeat import heartbeat
from labelapp.lib.passing import passing_trouble
from labelapp.projects.errors import describe
from labelapp.projects.models.job import JobFailure
from training.admission import lack_of_memory
from training.child import Child, end_strays, tail
from training.log_follower import LogFollower
from training.models import Run, RunStatus, Worker
from training.models.run import remove_files
from training.models.run_states import MOST_DEATHS
from training.recorder import LeaseLost, Recorder
from training.results import keep_log, keep_result
from training.specs import classes_of, resolved, start_file, validated
from training.stream import RunStream
from training.usage import usage

TICK_SECONDS = 0.5
LOOK_SECONDS = 1.0
USAGE_SECONDS = 2.0
KILLED = -9

# Set when this worker is asked to end: runs go back to the queue and are gone on with at the next start.
shutting_down = threading.Event()
logger = logging.getLogger(__name__)


class HandedBack(Exception):
    """This worker ends; the run waits for the next one."""


class Execution:
    """What the train worker does with one queued run. Safe to start twice: only one claim succeeds."""

    def __init__(self, run: Run, worker: Worker | None):
        self.run = run
        self.worker = worker
        self.stream = RunStream(run.pk)
        self.recorder = Recorder(run, self.stream)
        self._signalled = False
        self._last_look = self._last_usage = 0.0

    def perform(self) -> None:
        if shutting_down.is_set() or not self._fits() or not self.run.claim(self.worker):
            return
        with log_context.bound(run_id=self.run.pk, lease=self.run.lease):
            self._perform_claimed()

    def _perform_claimed(self) -> None:
        try:
            with heartbeat(self._beat(), f"run {self.run.pk}"):
                self.recorder.tell_status()
                self._train()
        except LeaseLost:
            self._withdraw()
        except HandedBack:
            self.run.hand_back(_("Waiting for a worker to go on from the last checkpoint"))
        except (OperationalError, InterfaceError):
            # Not the run's fault: without a heartbeat it is rescued, and goes on from its checkpoint.
            logger.exception("Run %s left alone: the database is away", self.run.pk)
        except Exception as error:
            if not self.run.look():
                self._withdraw()
            elif passing_trouble(error) and self.run.deaths + 1 < MOST_DEATHS:
                logger.exception("Run %s left alone: it is rescued, and goes on from its checkpoint", self.run.pk)
            else:
                self._explain(error)
        finally:
            self.recorder.tell_status()
            self.stream.close()

    def _beat(self) -> Callable[[], object]:
        """Says that the claimed run is being worked on; touches the row alone, as the object is another thread's."""
        mine = Run.objects.filter(pk=self.run.pk, lease=self.run.lease).active()
        return lambda: mine.update(heartbeat_at=timezone.now())

    def _fits(self) -> bool:
        """A run that does not fit into the free memory now stays queued, and says why."""
        try:
            plan = resolved(validated(self.run.spec), self.run.version)
            lack = lack_of_memory(plan, classes_of(self.run.version))
        except ValidationError:
            return True  # what is wrong with it is said once it is claimed
        if lack:
            self.run.postpone(lack)
        return not lack

    def _train(self) -> None:
        command = self._prepare()
        while not (self.recorder.result or self.recorder.error):
            returncode = self._child(command + (["--resume"] if self.run.has_checkpoint else []))
            if not (self.recorder.result or self.recorder.error):
                self._note_death(returncode)
        if not self.run.look():
            raise LeaseLost  # what went wrong is that its files were taken away
        if self.recorder.result:
            self._complete(self.recorder.result)
        elif self.recorder.error and self.recorder.error["code"] == "disk_full":
            raise OSError(errno.ENOSPC, self.recorder.error["message"])
        else:
            self._fail(**(self.recorder.error or {}))

    def _prepare(self) -> list[str]:
        """Write the engine's spec and bring the version here; returns the command's arguments."""
        run, folder = self.run, self.run.work_folder
        folder.mkdir(parents=True, exist_ok=True)
        if run.has_checkpoint and not Path(run.checkpoints.get(kind="last").path).exists():
            run.checkpoints.all().delete()
            self.recorder.say(_("The checkpoint lies on another machine: training begins again."), "warning")
        if not run.has_checkpoint:
            run.epoch_rows.all().delete()
            run.samples.all().delete()
            self._mine(epoch=0)
        spec = validated(run.spec)
        spec = spec.model_copy(update={"weights": start_file(spec, run.project)})
        spec_file = folder / "spec.json"
        end_strays(spec_file)
        spec_file.write_text(json.dumps(spec.model_dump(mode="json", exclude_unset=True)))
        version, images = run.version.materialise(settings.CACHE_DIR)
        return [
            "train", str(spec_file), "--version", str(version), "--images", str(images),
            "--output", str(folder / "result"), "--cache", str(Path(settings.CACHE_DIR) / "decoded"),
        ]  # fmt: skip

    def _child(self, arguments: list[str]) -> int | None:
        """Run the engine once, and follow it to its end."""
        self._signalled = False
        with self.run.log_file.open("ab") as log, LogFollower(self.run.log_file), Child(arguments, log) as child:
            for event in child.events(TICK_SECONDS):
                if event:
                    self.recorder.record(event)
                self._pulse(child)
            return child.returncode

    def _pulse(self, child: Child) -> None:
        """Between events: is the run still ours, does a person want it stopped, are we asked to end?"""
        if shutting_down.is_set():
            raise HandedBack
        now = time.monotonic()
        if now - self._last_look >= LOOK_SECONDS:
            self._last_look = now
            if not self.run.look():
                raise LeaseLost
        if self.run.stop_asked and not self._signalled:
            self._signalled = child.stop()
        if now - self._last_usage >= USAGE_SECONDS:
            self._last_usage = now
            self.stream.add("usage", usage(child.pid) | {"time": time.time()})

    def _note_death(self, returncode: int | None) -> None:
        """The engine died without a word: go on from the checkpoint, a few times."""
        self._mine(deaths=self.run.deaths + 1)
        killed = returncode == KILLED
        reason = _("killed, most likely because memory ran out") if killed else _("exit {code}").format(code=returncode)
        if self.run.deaths >= MOST_DEATHS:
            self.recorder.error = {
                "code": "engine_died",
                "message": _("The training process died {count} times ({reason}).").format(
                    count=self.run.deaths, reason=reason
                ),
                "hint": _("Try a smaller batch size or image size. The end of its log: {log}").format(
                    log=tail(self.run.log_file, 600)
                ),
            }
            return
        self._mine(message=_("The training process died; going on from the last checkpoint"))
        self.recorder.say(_("The training process died ({reason}); going on.").format(reason=reason), "warning")
        self.recorder.tell_status()

    def _complete(self, result: dict[str, Any]) -> None:
        self._mine(message=_("Keeping the result"))
        status = RunStatus.STOPPED if result["status"] == "stopped" else RunStatus.COMPLETED
        if not keep_result(self.run, result, status):
            raise LeaseLost
        keep_log(self.run)

    def _explain(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._fail("bad_spec", describe(error)["message"])
        elif isinstance(error, JobFailure):
            self._fail("bad_version", str(error))
        elif trouble := passing_trouble(error):
            self._fail("disk_full", trouble)
        else:
            logger.error("Run %s failed", self.run.pk, exc_info=error)
            self._fail("internal", f"{type(error).__name__}: {error}", _("The worker's log says more."))

    def _fail(self, code: str, message: str, hint: str = "") -> None:
        error = {"code": code, "message": message, "hint": hint}
        self.recorder.say(f"{message} {hint}".strip(), "error")
        if self.run.update_mine(status=RunStatus.FAILED, error=error, message="", finished_at=timezone.now()):
            keep_log(self.run)

    def _withdraw(self) -> None:
        """The run is another worker's now, or a person has ended it: then no files are left behind."""
        logger.info("Run %s was ended by a person, or is another worker's now", self.run.pk)
        row = Run.objects.filter(pk=self.run.pk).first()
        if row is None:
            remove_files(self.run.result_folder, self.run.work_folder)
            return
        self.run.refresh_from_db()
        if row.status == RunStatus.CANCELLED:
            row.forget()
            keep_log(row)

    def _mine(self, **fields: Any) -> None:
        if not self.run.update_mine(**fields):
            raise LeaseLost
