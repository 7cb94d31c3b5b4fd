"""How the annotations of a file stand among the others of their image: occluded, above or below, in a group."""

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.models.standing import PLAIN, standing_problem
from labelapp.exchange.report import Report
from labelapp.exchange.spool import Spooled
from labelapp.formats.records import AnnotationRecord


def said(record: AnnotationRecord) -> Row:
    """As far as the file says it."""
    given = {"occluded": record.occluded, "z_order": record.z_order, "group": record.group}
    return {name: value or PLAIN[name] for name, value in given.items() if value is not None}


def stands(report: Report, spooled: Spooled) -> bool:
    """False where something cannot be stored, which the report then names."""
    assert spooled.annotation
    problems = {name: standing_problem(name, value) for name, value in said(spooled.annotation).items()}
    for name, problem in problems.items():
        if problem:
            # A table has another column of that name, for images.
            report.refuse(spooled, "annotation_group" if name == "group" else name, problem)
    return not any(problems.values())
