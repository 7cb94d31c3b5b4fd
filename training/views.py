from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from labelapp.annotations.models import Suggestion
from labelapp.images.models import ImageStatus
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import found, project_for
from labelapp.versions.models import Version
from training.engine.export.formats import INSTALL, variant, variants
from training.models import Model, Run


@method_decorator(login_required, name="dispatch")
class Page(View):
    """A page of the training room. The data come from the API; the page knows whose they are and what may be done."""

    section = "runs"
    template = ""

    def render(self, request, project, **context):
        context |= {
            "project": project,
            "section": self.section,
            "may_train": project.allows(request.user, "label"),
            "classes": list(project.classes.values("id", "name", "color", "key", "skeleton")),
        }
        return render(request, self.template, context)


class RunsPage(Page):
    template = "training/runs.html"

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        versions = Version.objects.completed().filter(project=project).order_by("-number")
        return self.render(request, project, versions=versions)


class NewRunPage(Page):
    template = "training/run_new.html"

    def get(self, request, pk: int):
        project = project_for(request.user, pk, "label")
        versions = Version.objects.completed().filter(project=project).order_by("-number")
        facts = [
            {"id": each.pk, "number": each.number, "note": each.note, "counts": each.counts,
             "warnings": each.statistics.get("warnings", [])}
            for each in versions
        ]  # fmt: skip
        models = list(Model.objects.filter(project=project).values("id", "name", "task", "run__spec__preset"))
        return self.render(request, project, versions=facts, models=models)


class RunPage(Page):
    template = "training/run.html"

    def get(self, request, pk: int):
        run = found(Run.objects.select_related("version"), request.user, pk)
        return self.render(request, run.project, run=run)


class RunMetricsPage(Page):
    template = "training/run_metrics.html"

    def get(self, request, pk: int):
        run = found(Run.objects.select_related("version"), request.user, pk)
        explaining = run.model if run.has_model and run.model.explains else None
        return self.render(request, run.project, run=run, explaining=explaining)


class CompareRunsPage(Page):
    template = "training/runs_compare.html"

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        asked = [number for word in request.GET.get("runs", "").split(",") if (number := whole_number(word))]
        runs = list(Run.objects.filter(project=project, pk__in=asked).values_list("pk", flat=True))
        return self.render(request, project, runs=[each for each in asked if each in runs])


class ModelsPage(Page):
    section = "models"
    template = "training/models.html"

    def get(self, request, pk: int):
        return self.render(request, project_for(request.user, pk))


class ModelPage(Page):
    section = "models"
    template = "training/model.html"

    def get(self, request, pk: int):
        model = found(Model.objects.select_related("run__version"), request.user, pk)
        about = {"verdicts": Suggestion.objects.verdicts(model.pk), "least": round(model.least_score, 2)}
        formats = [
            {
                "kind": variant(form.name, int8), "name": form.name, "int8": int8, "missing": form.missing,
                "title": f"{form.title} int8" if int8 else form.title, "install": INSTALL,
                "purpose": _("Small processors: whole numbers, calibrated on training images. A little less exact.")
                if int8 else _(form.purpose),
            }
            for form, int8 in variants()
        ]  # fmt: skip
        return self.render(
            request, model.project, model=model, statuses=ImageStatus.choices, export_formats=formats, **about
        )
