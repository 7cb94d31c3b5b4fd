import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

from tests.site import ROOT, RunningSite

pytestmark = pytest.mark.site


@pytest.fixture
def own_site(tmp_path):
    running = RunningSite(tmp_path / "data", LABELAPP_STATIC_DIR="")
    yield running
    if running.supervisor.poll() is None:
        running.stop()


def refuses(**environment) -> str:
    """What the supervisor prints when it cannot start."""
    ended = subprocess.run(
        [sys.executable, "-m", "labelapp.serve"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def wait_until(condition, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False


def test_ctrl_c_ends_everything_and_leaves_no_orphan(own_site):
    own_site.start()
    for part in ("redis-server", "serve.web", "worker", "beat"):
        assert wait_until(lambda part=part: own_site.pids(part)), f"{part} does not run"
    own_site.stop(signal.SIGINT)
    assert own_site.supervisor.returncode == 0
    assert wait_until(lambda: not own_site.pids(), 5), own_site.pids()


def test_a_killed_supervisor_takes_its_children_along(own_site):
    own_site.start()
    own_site.stop(signal.SIGKILL)
    assert wait_until(lambda: not own_site.pids(), 10), own_site.pids()


def test_a_killed_web_process_comes_back(own_site):
    own_site.start()
    [web] = own_site.pids(r"serve\.web")
    os.kill(web, signal.SIGKILL)
    assert wait_until(lambda: own_site.pids(r"serve\.web") not in ([], [web]))
    assert wait_until(own_site.answers)


def test_a_web_process_that_is_killed_before_its_first_answer_comes_back(own_site):
    own_site.launch()
    assert wait_until(lambda: own_site.pids(r"serve\.web"))
    os.kill(own_site.pids(r"serve\.web")[0], signal.SIGKILL)
    assert wait_until(own_site.answers)
    assert wait_until(lambda: own_site.pids("worker")), own_site.output


def test_the_first_visit_makes_the_owner_by_the_printed_link(tmp_path):
    running = RunningSite(tmp_path / "data", LABELAPP_STATIC_DIR="")
    del running.environment["LABELAPP_ADMIN_USERNAME"], running.environment["LABELAPP_ADMIN_PASSWORD"]
    running.start()
    try:
        assert wait_until(lambda: "/setup/" in running.output, 10)
        link = next(word for line in running.lines for word in line.split() if "/setup/" in word)
        page = requests.get(link.replace("localhost", "127.0.0.1"), timeout=5)
        assert page.status_code == 200
        assert "password" in page.text
    finally:
        running.stop()


def test_a_port_in_use_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = refuses(LABELAPP_DATA_DIR=str(tmp_path), LABELAPP_PORT=str(port))
    assert str(port) in line
    assert f"LABELAPP_PORT={port + 1}" in line


def test_a_database_that_cannot_be_reached_is_one_clear_line(tmp_path):
    line = refuses(
        LABELAPP_DATA_DIR=str(tmp_path), LABELAPP_PORT="0", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing"
    )
    assert "DATABASE_URL" in line


def test_a_data_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    line = refuses(LABELAPP_DATA_DIR=str(tmp_path / "file" / "data"))
    assert "LABELAPP_DATA_DIR" in line


def test_two_sites_do_not_share_a_data_folder(own_site):
    own_site.start()
    line = refuses(LABELAPP_DATA_DIR=str(own_site.data_dir), LABELAPP_PORT="0")
    assert "already runs" in line


def test_a_wrong_number_is_one_clear_line(tmp_path):
    line = refuses(LABELAPP_DATA_DIR=str(tmp_path), LABELAPP_PORT="many")
    assert line == "LABELAPP_PORT must be a whole number, not 'many'"
