from .audit_entry import AuditEntry
from .class_change import ClassChange, ClassVerb
from .invitation import Invitation, InvitationUse
from .job import Job, JobStatus
from .label_class import LabelClass
from .membership import Membership, Role
from .project import Kind, Project

__all__ = [
    "AuditEntry", "ClassChange", "ClassVerb", "Invitation", "InvitationUse", "Job", "JobStatus", "Kind", "LabelClass",
    "Membership", "Project", "Role",
]  # fmt: skip
