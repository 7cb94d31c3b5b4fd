"""What every kind of long work tells the list of all long work of a project (``projects/work.py``)."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db.models import Q

from labelapp.projects.addresses import address_of
from labelapp.projects.models.remark import Remark


class LongWork:
    """Mixed into models whose rows are long work, with ``project``, ``status``, ``created_by`` and times.

    Such a row lies under ``/api/<model name>s/<id>/``, with ``cancel/`` and the verb of another try below.
    """

    unfinished: ClassVar[Collection[str]]
    page = ""  # name of the page that shows it; empty where there is none
    page_of_one = False  # the page is the row's own, not the project's
    another_try = "retry"
    unlisted: ClassVar[Collection[str]] = ()  # columns that can be large, which the list does without

    pk: Any
    project_id: int
    status: str
    progress: Any
    _meta: ClassVar[Any]
    _default_manager: ClassVar[Any]

    @property
    def title(self) -> str:
        """What it does, in a few words."""
        raise NotImplementedError

    @property
    def reason(self) -> str:
        """Why it failed and what to do; empty where it did not."""
        raise NotImplementedError

    @property
    def remark(self) -> Remark | None:
        """What it has come to, or is at, where its status does not tell; None where that says it all."""
        return None

    @property
    def summary(self) -> str:
        """What it has done, in numbers; empty where there is nothing to say."""
        return ""

    @property
    def can_be_tried_again(self) -> bool:
        raise NotImplementedError

    @property
    def can_be_stopped(self) -> bool:
        """Whether it can end early and keep what it has come to: ``stop/`` below its address."""
        return False

    @property
    def undo_address(self) -> str:
        """Where DELETE takes back what it has done; empty where that cannot be."""
        return ""

    @classmethod
    def listed(cls, project) -> Any:
        """The rows of a project that belong into the list."""
        return cls._default_manager.filter(project=project).defer(*cls.unlisted)

    @classmethod
    def failures(cls) -> Q:
        """Which rows are listed as failed."""
        return Q(status="failed")

    @property
    def ongoing(self) -> bool:
        return self.status in self.unfinished

    @property
    def address(self) -> str:
        return address_of(self.page, self.pk if self.page_of_one else self.project_id) if self.page else ""

    @property
    def api_address(self) -> str:
        return f"/api/{self._meta.model_name}s/{self.pk}/"

    def open_to(self, user, role_allows: bool) -> bool:
        """Whether this person may cancel it and try it again; ``role_allows``: as who may label."""
        return role_allows
