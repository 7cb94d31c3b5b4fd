from .version import GroupBy, Version

__all__ = ["GroupBy", "Version"]
