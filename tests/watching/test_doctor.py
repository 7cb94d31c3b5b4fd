"""The doctor finds what is wrong with an installation, and says what to do."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from labelapp.images import originals, preparation
from labelapp.images.models import Image
from labelapp.images.rendering import THUMBNAIL
from labelapp.projects.models import AuditEntry
from labelapp.watching.checks import backups, broker, database, examine, files, folders, settings, workers
from labelapp.watching.states import State
from tests.training.conftest import eventually
from training.models import Worker


def states(check) -> dict[str, str]:
    """Subject -> the worst that was found about it; whoever finds something says what to do."""
    found: dict[str, str] = {}
    for each in examine({"checked": check}):
        assert each.text
        assert bool(each.mend) is (each.state != State.OK), each
        found[each.subject] = max(found.get(each.subject, State.OK), each.state, key=State.values.index)
    return found


@pytest.mark.parametrize(
    ("given", "subject", "state"),
    [
        ({}, "LABELAPP_DEBUG", "ok"),
        ({"SECRET_KEY": "short"}, "LABELAPP_SECRET_KEY", "problem"),
        ({"DEBUG": True}, "LABELAPP_DEBUG", "warning"),
        ({"DEBUG": True, "ALLOWED_HOSTS": ["label.example.org"]}, "LABELAPP_DEBUG", "problem"),
        ({"ALLOWED_HOSTS": ["*"]}, "LABELAPP_HOSTS", "warning"),
        ({"ALLOWED_HOSTS": ["label.example.org"]}, "LABELAPP_HTTPS", "warning"),
        ({"ALLOWED_HOSTS": ["label.example.org"], "HTTPS": True}, "LABELAPP_PROXIES", "warning"),
    ],
)
def test_settings_are_judged_by_who_can_reach_the_site(settings_of_test, given, subject, state):
    for name, value in given.items():
        setattr(settings_of_test, name, value)
    assert states(settings.check)[subject] == state


@pytest.fixture
def settings_of_test(request, tmp_path):
    changed = request.getfixturevalue("settings")
    changed.DEBUG, changed.HTTPS, changed.ALLOWED_HOSTS = False, False, ["localhost"]
    changed.DATA_DIR = tmp_path
    changed.REST_FRAMEWORK = changed.REST_FRAMEWORK | {"NUM_PROXIES": 0}
    return changed


def test_a_secret_key_that_others_can_read_is_told(settings_of_test, tmp_path):
    key = tmp_path / "secret-key"
    key.write_text("x")
    key.chmod(0o644)
    assert states(settings.check)["LABELAPP_SECRET_KEY"] == "warning"
    key.chmod(0o600)
    assert states(settings.check)["LABELAPP_SECRET_KEY"] == "ok"


def test_a_database_is_well_and_its_disk_is_known(db):
    assert set(states(database.check).values()) == {"ok"}
    assert database.file_system(Path("/proc/self")) == "proc"


def busy(client) -> set[str]:
    return {name for name, value in client.info("persistence").items() if value == 1}


def test_a_redis_that_forgets_or_evicts_is_told(own_redis):
    assert set(states(broker.check).values()) == {"ok"}
    own_redis.config_set("maxmemory", "100mb")
    own_redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert states(broker.check)["Redis"] == "problem"
    finally:
        own_redis.config_set("maxmemory", "0")
        own_redis.config_set("maxmemory-policy", "noeviction")
    own_redis.config_set("appendonly", "no")
    try:
        assert states(broker.check)["Redis"] == "warning"
    finally:
        own_redis.config_set("appendonly", "yes")
        # Until its file is written for the first time it would not end when it is asked to.
        assert eventually(lambda: not {"aof_rewrite_in_progress", "aof_rewrite_scheduled"} & busy(own_redis))


def test_a_redis_that_is_away_is_a_problem_and_not_the_end(no_redis):
    with pytest.raises(redis.RedisError):
        list(broker.check())
    assert states(broker.check) == {"checked": "problem"}


def test_clocks_that_differ_are_told():
    assert [database.compared("Redis", seconds).state for seconds in (0.1, -3, 60)] == ["ok", "warning", "problem"]


def test_folders_are_written_to_and_left_clean(settings_of_test, tmp_path):
    settings_of_test.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    (tmp_path / "tmp").mkdir(exist_ok=True)
    found = states(folders.check)
    assert found["storage"] == found[str(tmp_path)] == found[str(tmp_path / "tmp")] == "ok"
    assert list((tmp_path / "tmp").iterdir()) == []
    settings_of_test.FILE_UPLOAD_TEMP_DIR = tmp_path / "not there"
    assert states(folders.check)[str(tmp_path / "not there")] == "problem"


def test_each_queue_wants_a_worker_and_the_site_one_beat(db):
    Worker.objects.announce("light@here", queues=["light", "rescue"], version="0.0.1")
    found = states(workers.check)
    assert (found["queue light"], found["queue train"], found["beat"]) == ("ok", "problem", "problem")
    assert found["light@here"] == "warning"
    Worker.objects.announce("beat@here", kind="beat")
    assert states(workers.check)["beat"] == "ok"


@pytest.fixture
def image(project, owner, picture):
    sha256, size = originals.keep(ContentFile(picture()))
    made = Image.objects.create(
        project=project, created_by=owner, name="a.png", sha256=sha256, size_bytes=size, width=32, height=24,
        format="PNG",
    )  # fmt: skip
    preparation.prepare([made.pk])
    return made


def test_a_site_with_work_in_it_wants_a_backup_each_week(image, tmp_path):
    def state() -> str:
        return states(backups.check)["backup"]

    assert state() == "ok"
    Image.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert state() == "warning"
    call_command("backup", str(tmp_path / "site.tar"))
    assert state() == "ok"
    AuditEntry.objects.filter(verb="site.backed_up").update(at=timezone.now() - timedelta(days=8))
    assert state() == "warning"


def deep():
    return files.check(deep=True)


@pytest.mark.parametrize("check", [files.check, deep])
def test_rows_and_files_that_belong_together_are_well(image, check):
    assert set(states(check).values()) == {"ok"}


@pytest.mark.parametrize("check", [files.check, deep])
def test_an_original_that_is_missing_or_cut_off_is_a_problem(image, check):
    default_storage.delete(image.original)
    assert states(check)["images"] == "problem"
    default_storage.save(image.original, ContentFile(b"half"))
    assert states(check)["images"] == "problem"


def test_a_sample_finds_an_image_among_numbers_of_deleted_ones(image):
    Image.objects.filter(pk=image.pk).update(id=1_000_000)
    default_storage.delete(image.original)
    assert states(files.check)["images"] == "problem"


def test_a_missing_thumbnail_is_only_a_warning(image):
    default_storage.delete(preparation.path_of(image.sha256, THUMBNAIL))
    assert states(files.check)["images"] == "warning"


def test_a_file_without_a_row_is_told_once_it_is_old(image, settings):
    Image.objects.all().delete()
    assert states(deep)["files"] == "ok"
    old = (timezone.now() - timedelta(hours=2)).timestamp()
    os.utime(default_storage.path(image.original), (old, old))
    assert states(deep)["files"] == "warning"


def test_the_command_says_a_line_each_and_ends_with_1_when_there_is_a_problem(capsys, db, no_redis):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--no-color")
    assert ended.value.code == 1
    lines = capsys.readouterr().out.strip().splitlines()
    assert all(re.match(r"(ok|warning|problem) +\S", line) for line in lines[:-2])
    [line] = [line for line in lines if line.startswith("problem  redis")]
    assert " -> " in line
    assert any(line.startswith("ok       Keras") for line in lines)


def test_scripts_read_json(capsys, db, no_redis):
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", "--quick")
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] >= 1
    assert {"subject", "state", "text", "mend"} == set(found["findings"][0])
