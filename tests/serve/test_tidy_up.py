import os
import time

from labelapp.serve.preparation import LEFT_SECONDS, tidy_up


def test_what_killed_processes_have_left_goes_after_a_day(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = left = tmp_path / "left"
    old, new = left / "old", left / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "archive.zip").write_bytes(b"half")
    file = left / "old.upload"
    file.write_bytes(b"half")
    long_ago = time.time() - LEFT_SECONDS - 60
    for path in (old, file):
        os.utime(path, (long_ago, long_ago))
    tidy_up()
    assert list(left.iterdir()) == [new]
