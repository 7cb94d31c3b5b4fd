"""What each person has done in a project: for its page of members."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Count, Max

from labelapp.projects.models import AuditEntry, Project

VERDICTS = ["approved", "sent_back"]


@dataclass
class Contribution:
    labelled: int = 0  # images
    reviewed: int = 0  # images
    last_active: datetime | None = None

    def was_active(self, at: datetime) -> None:
        self.last_active = max(self.last_active or at, at)


def contributions_to(project: Project) -> dict[int, Contribution]:
    """By the id of the person; also of those who have left."""
    revisions = apps.get_model("annotations", "Revision").objects.filter(image__project=project, image__copy_of=None)
    reviews = apps.get_model("annotations", "Review").objects.filter(image__project=project)
    entries = AuditEntry.objects.filter(project=project).exclude(actor=None)
    done: dict[int, Contribution] = {}
    for person, images, at in grouped(revisions.exclude(status__in=VERDICTS), "author", "created_at"):
        own = done.setdefault(person, Contribution())
        own.labelled = images
        own.was_active(at)
    for person, images, at in grouped(reviews, "author", "created_at"):
        own = done.setdefault(person, Contribution())
        own.reviewed = images
        own.was_active(at)
    for person, at in entries.order_by().values_list("actor").annotate(last=Max("at")):
        done.setdefault(person, Contribution()).was_active(at)
    return done


def grouped(rows, author: str, at: str):
    return rows.order_by().values_list(author).annotate(images=Count("image", distinct=True), last=Max(at))


def gone(project: Project, done: dict[int, Contribution]) -> list:
    """People who have worked in the project and are no members any more."""
    there = project.memberships.values("user")
    return list(get_user_model().objects.filter(pk__in=done).exclude(pk__in=there).order_by("username"))
