"""The classes that the rows of a file name: those of the project, and new ones."""

from django.utils.translation import gettext as _

from labelapp.exchange.report import Report
from labelapp.exchange.spool import Spooled
from labelapp.formats.records import AnnotationRecord, Columns
from labelapp.projects.models import LabelClass
from labelapp.projects.models.label_class import ClassNames

MOST_TAKEN_OVER = 2000  # classes; LVIS, the longest list that people train on, has 1,203


class FileClasses:
    def __init__(self, project, report: Report, columns: Columns, may_manage: bool):
        self._report, self._columns, self._may_manage = report, columns, may_manage
        self.known = {each.name: each for each in project.classes.all()}
        self.names = ClassNames(self.known.values())
        self.used: dict[str, int | None] = {}

    @property
    def needed(self) -> dict[str, int | None]:
        """The classes of the rows, in the order of the file's own list: new ones are added to the project in this.

        A project without classes takes over the whole list, so that their numbers in an export are those of the file.
        """
        listed = self._columns.classes
        order = {name: place for place, name in enumerate(listed)}
        takes_over = not self.known and self._may_manage and len(listed) <= MOST_TAKEN_OVER
        taken_over = dict.fromkeys(filter(fits, listed)) if takes_over else {}
        return dict(sorted((taken_over | self.used).items(), key=lambda item: order.get(item[0], len(order))))

    def allow(self, spooled: Spooled, record: AnnotationRecord) -> bool:
        name, column = record.label_class, self._columns.label_class
        known: LabelClass | None = self.known.get(name)
        if known is None and name not in self.used:
            if not fits(name):
                self._error(spooled, column, _("A class name has at most 200 characters."))
                return False
            if not self._may_manage:
                message = _("The project has no class “{name}”, and only its owners can add one.")
                self._error(spooled, column, message.format(name=name))
                return False
        self.used.setdefault(name, known.pk if known else None)
        if known and not known.allows(record.shape):
            message = _("The class “{name}” allows only: {shapes}.").format(name=name, shapes=", ".join(known.shapes))
            self._error(spooled, column, message)
            return False
        return True

    def _error(self, spooled: Spooled, column: str, message: str) -> None:
        self._report.refuse(spooled, column, message)


def fits(class_name: str) -> bool:
    return 0 < len(class_name) <= 200
