from .icons import sprite
from .project import ClassesPage, ProjectPage, ProjectsPage, SettingsPage

__all__ = ["ClassesPage", "ProjectPage", "ProjectsPage", "SettingsPage", "sprite"]
