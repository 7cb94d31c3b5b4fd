from .export_job import Export
from .import_job import Import

__all__ = ["Export", "Import"]
