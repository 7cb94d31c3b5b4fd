"""What a run will take, told from cards and from what was measured, before anything is run."""

from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from training.admission import bytes_needed
from training.engine.spec import ResolvedSpec
from training.engine.zoo.costs import MEASURED_CLASSES, costs
from training.models import Measurement, Run, Worker
from training.specs import classes_of, resolved, validated

RUNS_LOOKED_AT = 5
START_SECONDS = 15.0  # libraries are loaded, the model is built, the first step compiled
FORTH_OF_ALL = 1 / 3  # of the work of a step is what predicting does as well


@dataclass(frozen=True)
class Speed:
    """How fast a plan's model learns and judges, in images a second, and in which words that is known."""

    train: float
    predict: float
    judged_by: str


@dataclass(frozen=True)
class Estimate:
    """What a run takes.

    Args:
        seconds: if it is not stopped early; None where nothing was measured yet.
        judged_by: what the seconds were told from.
        memory_bytes: of the process, at most, on the CPU.
        disk_bytes: of decoded images, checkpoints and model.
        problems: sentences on what does not fit on any worker that lives.
    """

    seconds: float | None
    judged_by: str
    memory_bytes: int
    disk_bytes: int
    problems: list[str]


def estimated(plan: ResolvedSpec, version) -> Estimate:
    """The estimate for a plan on a version of a project."""
    speed = speed_of(plan, version)
    classes = classes_of(version)
    images = {name: version.counts.get(name, 0) for name in ("train", "validation", "test")}
    memory = bytes_needed(plan, classes)
    disk = sum(images.values()) * plan.image_size**2 * 3 + costs()[plan.preset][plan.task].checkpoint_bytes(classes)
    return Estimate(
        seconds_of(plan, speed, images) if speed else None,
        speed.judged_by if speed else "",
        memory,
        disk,
        problems_of(memory, disk),
    )


def seconds_of(plan: ResolvedSpec, speed: Speed, images: dict[str, int]) -> float:
    judged = images["validation"] / speed.predict
    learning = (plan.epochs - plan.freeze_epochs) * (images["train"] / speed.train + judged)
    # Behind a frozen backbone there is nothing to go back through; at best its features are computed once.
    frozen = plan.freeze_epochs * (images["train"] / speed.predict + judged)
    return START_SECONDS + learning + frozen + (images["validation"] + images["test"]) / speed.predict


def speed_of(plan: ResolvedSpec, version) -> Speed | None:
    """What is nearest: a run of the same model in this project, it measured, then whatever else was."""
    work = costs()[plan.preset][plan.task].work(classes_of(version), plan.image_size**2)
    newest = Run.objects.filter(project=version.project_id, epoch__gt=0).select_related("version").with_course()
    runs = [past for run in newest[:RUNS_LOOKED_AT] if (past := past_of(run))]
    same = [past for past in runs if (past.preset, past.task) == (plan.preset, plan.task)]
    rows = Measurement.objects.known().order_by("-measured_at")
    exactly = rows.filter(preset=plan.preset, task=plan.task).first() or rows.filter(preset=plan.preset).first()
    return (
        by_run(same, work)
        or by_measurement(exactly, work, _("measured on {node}"))
        or by_run(runs, work)
        or by_measurement(rows.first(), work, _("judging by {preset} on {node}"))
    )


@dataclass(frozen=True)
class Past:
    """A run that says how fast it was: images a second, once all of the model learnt, at so many operations each."""

    name: str
    preset: str
    task: str
    train: float
    work: float


def past_of(run: Run) -> Past | None:
    try:
        plan = resolved(validated(run.spec), run.version)
        cost = costs()[plan.preset][plan.task]
    except (ValidationError, KeyError):  # of a preset that is no longer on the shelf
        return None
    rows = [row for row in run.epoch_rows.all() if row.number > plan.freeze_epochs]
    speeds = [row.images_per_second for row in rows if row.images_per_second]
    work = cost.work(classes_of(run.version), plan.image_size**2)
    return Past(run.name, plan.preset, plan.task, median(speeds), work) if speeds else None


def by_run(runs: list[Past], work: float) -> Speed | None:
    """By the newest; the model's work is taken to be what costs the time."""
    if not runs:
        return None
    train = runs[0].train * runs[0].work / work
    return Speed(train, train / FORTH_OF_ALL, _("judging by “{run}”").format(run=runs[0].name))


def by_measurement(row: Measurement | None, work: float, words: str) -> Speed | None:
    cost = costs().get(row.preset, {}).get(row.task) if row else None
    if row is None or cost is None:
        return None
    share = cost.work(MEASURED_CLASSES, row.edge**2) / work
    return Speed(row.train_speed * share, row.predict_speed * share, words.format(node=row.node, preset=row.preset))


def problems_of(memory: int, disk: int) -> list[str]:
    """What is too large for every worker that trains, where any lives; those with a GPU compute elsewhere."""
    workers = Worker.objects.training()
    problems = []
    if workers and not any(each.gpus for each in workers):
        largest = max(each.memory_bytes for each in workers)
        if memory > largest:
            text = _(
                "About {needed:.1f} GB of memory are needed, and no worker has more than {has:.1f} GB: "
                "choose a smaller batch size, image size or model."
            )
            problems.append(text.format(needed=memory / 2**30, has=largest / 2**30))
    free = [each.usage["disk_free"] for each in workers if "disk_free" in each.usage]
    if free and disk > max(free):
        text = _("About {needed:.1f} GB of disk are needed, and no worker has more than {has:.1f} GB free.")
        problems.append(text.format(needed=disk / 2**30, has=max(free) / 2**30))
    return problems
