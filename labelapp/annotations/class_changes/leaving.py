from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from labelapp.annotations.class_changes.rewriting import Rewriting
from labelapp.projects.models import LabelClass
from labelapp.projects.models.job import JobFailure

MOST_TRIES = 10


def take_class_away(rewriting: Rewriting, label_class: int, suggestions) -> None:
    """Walk until nothing has the class any more, then delete it.

    Somebody who had begun to save before the change was asked for may still add an annotation at the last moment: the
    database then refuses the deletion, and the walk goes on.
    """
    for _attempt in range(MOST_TRIES):
        rewriting.walk(share=0.9)
        rewriting.counts["suggestions"] += suggestions()
        try:
            with transaction.atomic():
                LabelClass.objects.filter(pk=label_class).delete()
        except IntegrityError:  # ProtectedError is one
            continue
        rewriting.change.report(1.0, counts=dict(rewriting.counts), left=rewriting.left.as_list())
        return
    raise JobFailure(_("Others keep adding annotations of this class. Try again when they have paused."))
