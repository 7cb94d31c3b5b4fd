"""Jobs and runs of the whole site, named for a person: with a link where they may follow it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.utils.text import capfirst

from labelapp.projects.addresses import address_of
from labelapp.projects.models import Job, Project
from training.models import Run

RUN_TASK = "training.tasks.execute_run"


def kinds() -> list[type[Job]]:
    return [each for each in apps.get_models() if issubclass(each, Job)]


def by_task() -> dict[str, Any]:
    return {kind.task: kind for kind in kinds()} | {RUN_TASK: Run}


class Seen:
    """What a site admin may see of a project: its name and pages only where they are a member."""

    def __init__(self, user):
        self._names = dict(Project.objects.visible_to(user).values_list("pk", "name"))

    def project(self, pk: int) -> dict[str, Any]:
        return {"id": pk, "name": self._names.get(pk, ""), "href": self._address("project", pk, pk)}

    def href(self, row: Job | Run) -> str:
        if isinstance(row, Run):
            return self._address("run", row.pk, row.project_id)
        return self._address("jobs", row.project_id, row.project_id) or self._address(
            "project", row.project_id, row.project_id
        )

    def _address(self, page: str, pk: int, project: int) -> str:
        return address_of(page, pk) if project in self._names else ""


def title(row: Job | Run) -> str:
    return f"{capfirst(str(row._meta.verbose_name))} {row.pk}"


class Named:
    """Tasks of workers as a person calls them: "Export 7" with its link."""

    def __init__(self, user, tasks: Iterable[dict[str, Any]]):
        self._seen = Seen(user)
        self._rows: dict[tuple[str, int], Job | Run] = {}
        asked: dict[str, set[int]] = {}
        for task in tasks:
            if task.get("argument") is not None:
                asked.setdefault(task["task"], set()).add(task["argument"])
        kinds_by_task = by_task()
        for name, ids in asked.items():
            if kind := kinds_by_task.get(name):
                self._rows |= {(name, row.pk): row for row in kind.objects.filter(pk__in=ids)}

    def __call__(self, task: dict[str, Any]) -> dict[str, Any]:
        row = self._rows.get((task["task"], task.get("argument") or 0))
        short = task["task"].rpartition(".")[2].replace("_", " ")
        return {
            "task": task["task"],
            "title": title(row) if row else capfirst(short),
            "href": self._seen.href(row) if row else "",
            "since": task.get("since"),
        }
