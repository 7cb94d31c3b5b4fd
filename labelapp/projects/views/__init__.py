from .icons import sprite
from .join import JoinPage, JoinSignIn
from .log import ProjectLogPage, SiteLogPage
from .project import ClassesPage, JobsPage, MembersPage, ProjectPage, ProjectsPage, SettingsPage, TrashPage

__all__ = [
    "ClassesPage", "JobsPage", "JoinPage", "JoinSignIn", "MembersPage", "ProjectLogPage", "ProjectPage",
    "ProjectsPage", "SettingsPage", "SiteLogPage", "TrashPage", "sprite",
]  # fmt: skip
