"""Values of attributes in a file, against what the classes of the project define."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.attribute_values import unknown
from labelapp.exchange.report import Report
from labelapp.exchange.spool import Spooled
from labelapp.formats.records import Columns
from labelapp.projects.models import LabelClass
from labelapp.projects.models.attribute import Attribute, attributes_of, defaults_of, missing_in

Values = dict[str, Any]


class FileValues:
    """
    Args:
        classes: of the project, by name. A class that the import makes has no attributes yet and takes any.
    """

    def __init__(self, report: Report, columns: Columns, classes: dict[str, LabelClass]):
        self._report, self._columns = report, columns
        self._attributes: dict[str, dict[str, Attribute]] = {
            name: {attribute.name: attribute for attribute in attributes_of(each)} for name, each in classes.items()
        }

    def checked(self, spooled: Spooled, old: Row) -> Values | None:
        """What to store; None when a value does not fit, which the report then names by its line and column.

        What the annotation has already may stay, even where the class has become stricter since.
        """
        record = spooled.annotation
        assert record is not None
        known = self._attributes.get(record.label_class, {})
        if not known:
            offered = self._columns.offered
            return {
                name: value
                for name, value in record.attributes.items()
                if name not in offered or (value and not (name == "occluded" and record.occluded))
            }
        had = old.get("attributes", {}) if old.get("class_name") == record.label_class else {}
        values: Values = {}
        fit = True
        for name, sent in record.attributes.items():
            if name in had and had[name] == sent and type(had[name]) is type(sent):
                values[name] = sent
                continue
            attribute = known.get(name)
            if attribute is None and name in self._columns.offered:
                continue
            values[name] = sent if attribute is None else attribute.nearest(sent)
            problem = attribute.problem(values[name]) if attribute else unknown(name, known, record.label_class)
            if problem:
                self._report.refuse(spooled, self._columns.of_attribute(name), problem)
                fit = False
        if not fit:
            return None
        # An empty cell means that there is no value; a file without the column says nothing.
        silent = [each for name, each in known.items() if name not in self._columns.attributes]
        return values if old or record.id or self._columns.others else defaults_of(silent, values)

    def incomplete(self, rows: list[Spooled], wanted: Iterable[Row]) -> bool:
        """Whether a required value is missing on the image; then the report says where."""
        missing = {
            row["class_name"]: names
            for row in wanted
            if (names := missing_in(self._attributes.get(row["class_name"], {}).values(), row["attributes"]))
        }
        if not missing:
            return False
        self._report.images_incomplete += 1
        for name, names in missing.items():
            row = next((row for row in rows if row.annotation and row.annotation.label_class == name), rows[0])
            message = _("“{attribute}” of “{name}” is required: the image stays in progress until it has a value.")
            text = message.format(attribute=names[0], name=name)
            column = self._columns.of_attribute(names[0])
            self._report.incomplete.add(row.line, column, "{text}", file=row.file, item=row.item, text=text)
        return True
