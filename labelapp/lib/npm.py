"""Browser libraries are served from node_modules as they are: named files only, never the whole folder."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SOURCE_MAP = re.compile(rb"(//|/\*)# sourceMappingURL=.*$", re.MULTILINE)


class NpmStorage(FileSystemStorage):
    """Serves ``npm/<name>`` from the file that NPM_FILES names."""

    def path(self, name: str) -> str:
        return str(Path(settings.NPM_ROOT) / settings.NPM_FILES[Path(name).name])

    def _open(self, name: str, mode: str = "rb"):
        if not name.endswith((".js", ".css")):
            return super()._open(name, mode)  # type: ignore[misc]
        # Renamed files point at source maps that are not there; the manifest storage would refuse them.
        return ContentFile(SOURCE_MAP.sub(b"", Path(self.path(name)).read_bytes()), name=name)


class NpmFinder(BaseFinder):
    def __init__(self, *args, **kwargs):
        self.storage = NpmStorage(location=settings.NPM_ROOT)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix("npm/")
        if not path.startswith("npm/") or name not in settings.NPM_FILES:
            return []
        return [self.storage.path(path)] if find_all else self.storage.path(path)

    def list(self, ignore_patterns):
        for name in settings.NPM_FILES:
            yield f"npm/{name}", self.storage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashes names inside ES module imports too, so that every module may be cached for ever."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 12  # one for each module in the longest chain of imports
