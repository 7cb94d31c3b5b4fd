import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.db import models


@dataclass(frozen=True)
class FileMark:
    """By what a file on a person's disk is known again without reading it."""

    path: str
    size_bytes: int
    modified: int  # milliseconds since 1970

    @cached_property
    def key(self) -> str:
        text = f"{self.path}\0{self.size_bytes}\0{self.modified}"
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


class UploadedFile(models.Model):
    """A file of an upload that has arrived, and what became of it."""

    upload = models.ForeignKey("images.Upload", on_delete=models.CASCADE, related_name="arrivals")
    key = models.CharField(max_length=32)
    path = models.TextField(blank=True)
    status = models.CharField(max_length=16)  # added, duplicate or refused
    image = models.BigIntegerField(null=True)  # may be deleted meanwhile
    reason = models.TextField(blank=True)
    archive = models.BigIntegerField(null=True)  # of a ZIP: its unpacking, which is in a room to the right

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "key"], name="file_once_per_upload")]
