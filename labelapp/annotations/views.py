from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from labelapp.annotations.models import Archive, Round, Seat
from labelapp.images.arrivals_report import arrivals_report
from labelapp.images.models import Image, ImageStatus
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import project_for
from labelapp.projects.models import Kind
from labelapp.projects.models.project import WHOLE_IMAGES

BEFORE, AFTER = 30, 60  # images of the queue around the first one, as in queue_window.js


class LabelPage(LoginRequiredMixin, View):
    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        seat = self._seat(request, project)
        may = {name: project.allows(request.user, name) for name in ("label", "review", "manage")}
        options = {
            "project": project.pk,
            "user": request.user.pk,
            "round": seat.round_id if seat else None,
            "kind": project.kind,
            "oneClass": project.kind == Kind.CLASSIFICATION,
            "draws": project.kind not in WHOLE_IMAGES,
            "may": may | (seat.may if seat else {}),
            "statuses": {status.value: str(status.label) for status in ImageStatus},
            "classes": list(project.classes.values("id", "name", "color", "key", "shapes", "attributes", "skeleton")),
        }
        options["ahead"] = self._ahead(request, project)
        context = {"project": project, "section": "label", "options": options, "seat": seat}
        return render(request, "annotations/label.html", context)

    def _ahead(self, request, project) -> dict[str, str]:
        """What the page will ask for where its address names an image: browsers can ask before its code has come."""
        image = whole_number(request.GET.get("image", ""))
        query = request.GET.copy()
        if image is None or (query.get("order") == "random" and "seed" not in query):
            return {}
        for name, value in (("image", image), ("before", BEFORE), ("after", AFTER)):
            query.pop(name, None)
            query[name] = str(value)
        return {
            "queue": f"/api/projects/{project.pk}/queue/?{query.urlencode()}",
            "labels": f"/api/images/{image}/annotations/",
            "picture": f"/api/images/{image}/display/",
        }

    def _seat(self, request, project) -> Seat | None:
        """Where somebody labels in a round; an address that names another is not found."""
        asked = request.GET.get("round")
        if not asked:
            return None
        seats = Seat.objects.filter(round__project=project, person=request.user).select_related("round")
        return get_object_or_404(seats, round=whole_number(asked) or 0)


class RevisionsPage(LoginRequiredMixin, View):
    def get(self, request, pk: int, image: int):
        project = project_for(request.user, pk)
        row = get_object_or_404(Image.everything.visible_to(request.user), project=project, pk=image)
        closed = row.copy_of_id is not None and row.copied.seat.round.closed_at is not None
        options = {
            "image": {
                "id": row.pk, "name": row.name, "width": row.width, "height": row.height,
                "display": f"/api/images/{row.pk}/display/",
            },
            "mayLabel": project.allows(request.user, "label") and not row.trashed_at and not closed,
            "statuses": {status.value: str(status.label) for status in ImageStatus},
            "classes": list(project.classes.values("id", "name", "color", "skeleton")),
        }  # fmt: skip
        query = f"?image={row.pk}" + (f"&round={row.copied.seat.round_id}" if row.copy_of_id else "")
        context = {"project": project, "section": "images", "image": row, "options": options, "label_query": query}
        return render(request, "annotations/revisions.html", context | {"trash_days": settings.TRASH_DAYS})


class AssignmentsPage(LoginRequiredMixin, View):
    """Who is to label which images, and how far they are."""

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        may = {name: project.allows(request.user, name) for name in ("label", "review")}
        options = {"project": project.pk, "user": request.user.pk, "may": may}
        context = {"project": project, "section": "assignments", "options": options}
        return render(request, "annotations/assignments.html", context)


class RoundsPage(LoginRequiredMixin, View):
    """Images that several people label without seeing each other's labels."""

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        may = {name: project.allows(request.user, name) for name in ("label", "review")}
        options = {"project": project.pk, "user": request.user.pk, "may": may}
        context = {"project": project, "section": "assignments", "options": options}
        return render(request, "annotations/rounds.html", context)


class RoundPage(LoginRequiredMixin, View):
    """How far the people of a round are, and how far they agree."""

    def get(self, request, pk: int, number: int):
        project = project_for(request.user, pk)
        round = get_object_or_404(Round, project=project, number=number)
        may = {name: project.allows(request.user, name) for name in ("label", "review")}
        options = {
            "project": project.pk, "name": project.name, "round": round.pk, "number": round.number,
            "user": request.user.pk, "may": may, "page": reverse("round", args=[pk, number]),
            "statuses": {status.value: str(status.label) for status in ImageStatus},
            "classes": list(project.classes.values("id", "name", "color")),
        }  # fmt: skip
        context = {"project": project, "section": "assignments", "round": round, "options": options}
        return render(request, "annotations/round.html", context)


class RoundMergePage(LoginRequiredMixin, View):
    """What everybody has labelled on one image, from which a reviewer takes."""

    def get(self, request, pk: int, number: int, image: int):
        project = project_for(request.user, pk, "review")
        round = get_object_or_404(Round, project=project, number=number)
        get_object_or_404(round.chosen, image=image)
        options = {
            "project": project.pk, "round": round.pk, "image": image, "closed": round.closed_at is not None,
            "page": reverse("round", args=[pk, number]), "oneClass": project.kind == Kind.CLASSIFICATION,
            "classes": list(project.classes.values("id", "name", "color")),
        }  # fmt: skip
        context = {"project": project, "section": "assignments", "round": round, "options": options}
        return render(request, "annotations/round_merge.html", context)


class ThroughputPage(LoginRequiredMixin, View):
    """What each person has done, day by day."""

    def get(self, request, pk: int):
        project = project_for(request.user, pk)
        options = {"project": project.pk, "name": project.name}
        context = {"project": project, "section": "members", "options": options}
        return render(request, "annotations/throughput.html", context)


class ArchiveReportPage(LoginRequiredMixin, View):
    def get(self, request, pk: int, archive: int):
        project = project_for(request.user, pk)
        rows = Archive.objects.select_related("created_by").defer("results")
        row = get_object_or_404(rows, project=project, pk=archive)
        return arrivals_report(request, project, row, {"archive": reverse("api-archive", args=[row.pk])})
