"""What a backup holds, and which ones a site refuses."""

import io
import json
import tarfile
import threading
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections

from labelapp.accounts.models import User
from labelapp.backups import restore
from labelapp.backups.archive import HEAD, Damaged, Writer, members
from labelapp.backups.backup import back_up
from labelapp.images import deletion, originals
from labelapp.images.models import Leftover, leftover
from labelapp.lib import stored

pytestmark = pytest.mark.django_db(transaction=True)


def backed_up() -> bytes:
    stream = io.BytesIO()
    back_up(stream, lambda text: None)
    return stream.getvalue()


def written(**head) -> io.BytesIO:
    stream = io.BytesIO()
    writer = Writer(stream)
    writer.add_json(HEAD, {"format": 1, "migrations": [], "rows": {}, "made_at": "2030-01-01T00:00"} | head)
    writer.add_json("end.json", {"files": 0, "bytes": 0})
    writer.close()
    stream.seek(0)
    return stream


@pytest.fixture
def filled(project, annotator, picture):
    originals.keep(ContentFile(picture()))
    default_storage.save("models/1/model.keras", ContentFile(b"x" * 100))
    default_storage.save("health/passing", ContentFile(b"ok"))


def test_rows_and_files_are_in_it_and_what_passes_is_not(filled, settings):
    settings.WEIGHTS_DIR.mkdir()
    (settings.WEIGHTS_DIR / "own.weights.h5").write_bytes(b"weights")
    stream = io.BytesIO(backed_up())
    facts = restore.verify(stream)
    assert facts["rows"]["accounts.User"] == 2
    assert facts["rows"]["projects.Membership"] == 2
    assert "sessions.Session" not in facts["rows"]
    stream.seek(0)
    names = [name for name, _content in members(stream)]
    assert "files/models/1/model.keras" in names
    assert "weights/own.weights.h5" in names
    assert sum(name.startswith("files/originals/") for name in names) == 1
    assert not [name for name in names if "health" in name or "hold" in name]
    assert facts["files"] == 3


def test_rows_are_those_of_one_moment_although_others_write(filled, person, monkeypatch):
    """Somebody joins while the first table has been written and the others have not."""
    from labelapp.backups import tables

    dump, joined = tables.dump, []

    def join() -> None:
        joined.append(person("latecomer"))
        connections.close_all()

    def slow(model, file):
        rows = dump(model, file)
        if not joined:
            other = threading.Thread(target=join)
            other.start()
            other.join()
        return rows

    monkeypatch.setattr(tables, "dump", slow)
    assert restore.verify(io.BytesIO(backed_up()))["rows"]["accounts.User"] == 2
    assert User.objects.count() == 3


def test_nothing_is_swept_while_one_is_written(filled, picture, monkeypatch):
    monkeypatch.setattr(deletion, "SECONDS_UNTIL_SWEPT", 0)
    sha256, _size = originals.keep(ContentFile(picture(7)))
    monkeypatch.setattr(leftover, "SECONDS_UNTIL_SWEPT", 0)
    Leftover.objects.note([sha256])
    with stored.hold():
        deletion.sweep()
    assert default_storage.exists(originals.path_of(sha256))
    deletion.sweep()
    assert not default_storage.exists(originals.path_of(sha256))


def test_a_site_with_people_is_left_as_it_is(filled):
    stream = io.BytesIO(backed_up())
    with pytest.raises(restore.Refused, match="not empty"):
        restore.restore(stream, lambda text: None)
    assert User.objects.count() == 2
    assert default_storage.exists("models/1/model.keras")


@pytest.mark.parametrize("head", [{"format": 2}, {"migrations": ["projects.9999_from_the_future"]}])
def test_a_backup_of_a_newer_version_is_refused(head):
    with pytest.raises(restore.Refused, match="newer version"):
        restore.restore(written(**head), lambda text: None)


def test_a_backup_with_sign_on_asks_for_its_settings():
    with pytest.raises(restore.Refused, match="Set LABELAPP_OIDC_URL"):
        restore.restore(written(migrations=["account.0001_initial"]), lambda text: None)


def test_a_changed_byte_is_noticed(filled):
    content = bytearray(backed_up())
    content[content.index(b"x" * 100) + 50] ^= 1
    with pytest.raises(Damaged, match=r"model\.keras is damaged"):
        restore.verify(io.BytesIO(bytes(content)))


def test_a_backup_that_is_cut_off_is_noticed_wherever_it_ends(filled):
    content = backed_up()
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        ends = [member.offset for member in tar.getmembers()][1:]
    for end in [*ends, *(end + 700 for end in ends), 100, 0]:
        with pytest.raises((Damaged, json.JSONDecodeError)):
            restore.verify(io.BytesIO(content[:end]))


def test_another_kind_of_file_is_no_backup(tmp_path, picture):
    other = tmp_path / "other.tar"
    with tarfile.open(other, "w") as tar:
        info = tarfile.TarInfo("readme")
        info.size = 3
        tar.addfile(info, io.BytesIO(b"abc"))
    for path in (other, tmp_path / "missing"):
        with pytest.raises(CommandError):
            call_command("restore", str(path), "--verify")
    other.write_bytes(picture())
    with pytest.raises(CommandError, match="no backup"):
        call_command("restore", str(other))


def test_an_older_backup_is_never_overwritten(filled, tmp_path):
    path = tmp_path / "site.tar"
    call_command("backup", str(path))
    assert path.stat().st_mode & 0o077 == 0
    before = path.read_bytes()
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", str(path))
    assert path.read_bytes() == before
    call_command("restore", str(path), "--verify")


def test_a_backup_that_fails_leaves_no_half_of_it(filled, tmp_path, monkeypatch):
    from labelapp.backups import files

    def broken(kind, name):
        raise OSError("the disk is gone")

    monkeypatch.setattr(files, "source", broken)
    with suppress(OSError):
        call_command("backup", str(tmp_path / "site.tar"))
    assert not list(tmp_path.glob("site.tar*"))
    assert not stored.held()
