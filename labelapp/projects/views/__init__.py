from .icons import sprite
from .log import ProjectLogPage, SiteLogPage
from .project import ClassesPage, JobsPage, ProjectPage, ProjectsPage, SettingsPage, TrashPage

__all__ = [
    "ClassesPage", "JobsPage", "ProjectLogPage", "ProjectPage", "ProjectsPage", "SettingsPage", "SiteLogPage",
    "TrashPage", "sprite",
]  # fmt: skip
