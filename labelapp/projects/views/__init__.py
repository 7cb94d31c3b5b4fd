from .icons import sprite
from .log import ProjectLogPage, SiteLogPage
from .project import ClassesPage, ProjectPage, ProjectsPage, SettingsPage

__all__ = ["ClassesPage", "ProjectLogPage", "ProjectPage", "ProjectsPage", "SettingsPage", "SiteLogPage", "sprite"]
