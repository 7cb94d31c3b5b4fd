import os
import time
from pathlib import Path

from labelapp.serve.preparation import LEFT_SECONDS, tidy_up


def test_what_killed_processes_have_left_goes_after_a_day(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = left = tmp_path / "left"
    old, new = left / "old", left / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "archive.zip").write_bytes(b"half")
    file, draft = left / "old.upload", Path(settings.MEDIA_ROOT) / "drafts" / "half"
    draft.parent.mkdir(parents=True)
    for half in (file, draft):
        half.write_bytes(b"half")
    long_ago = time.time() - LEFT_SECONDS - 60
    for path in (old, file, draft):
        os.utime(path, (long_ago, long_ago))
    tidy_up()
    assert list(left.iterdir()) == [new]
    assert not draft.exists()
