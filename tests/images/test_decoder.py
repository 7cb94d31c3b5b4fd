"""Files that crash, hang or fill the memory of the real decoder process cost only themselves."""

import contextlib
import fcntl
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import PIL.Image
import psutil
import pytest

from labelapp.images.decoder.decoder import Limits
from labelapp.images.decoder.pool import NoDecoder, Pool
from labelapp.images.decoder.protocol import Unfit

RIGGED = [sys.executable, str(Path(__file__).with_name("rigged_decoder.py"))]
LIMITS = Limits(seconds=1, wall_seconds=30, memory=256 << 20)


@pytest.fixture
def pool(tmp_path):
    made = Pool(LIMITS, 2, large_memory=512 << 20, lock=tmp_path / "lock", command=RIGGED)
    yield made
    made.close()


def measured(pool, content: bytes, pixels: int = 10**8):
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return pool.ask({"verb": "measure", "pixels": pixels}, file.fileno())[0]["facts"]


def code_of(pool, content: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        measured(pool, content)
    return unfit.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"segfault", "crash"),
        (b"abort", "crash"),
        (b"exit", "crash"),
        (b"babble", "crash"),
        (b"kill", "killed"),
        (b"spin", "slow"),
        (b"allocate", "memory"),
    ],
)
def test_a_file_that_ends_its_decoder_is_refused_and_the_next_one_is_not(pool, picture, content, code):
    assert code_of(pool, content) == code
    assert measured(pool, picture())["width"] == 32


def test_a_decoder_of_a_large_process_lasts_for_many_files(tmp_path, picture):
    """As large as a site that has the catalogue of many images in memory."""
    file = tmp_path / "picture"
    file.write_bytes(picture())
    script = f"""
import os
held = bytearray(b"x") * (600 << 20)
from labelapp.images.decoder.decoder import Limits
from labelapp.images.decoder.pool import Pool
pool = Pool(Limits(60, 60, 256 << 20), 1, 512 << 20, {str(tmp_path / "lock")!r}, {RIGGED!r})
with open({str(file)!r}, "rb") as picture:
    for _ in range(3):
        pool.ask({{"verb": "measure", "pixels": 10**8}}, picture.fileno())
        print(pool.pids())
pool.close()
"""
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    first, *others = asked.stdout.splitlines()
    assert first != "[]"
    assert others == [first, first]


def test_a_file_that_hangs_is_given_up(tmp_path, picture):
    impatient = Pool(Limits(1, 1, 256 << 20), 1, 512 << 20, tmp_path / "lock", RIGGED)
    assert measured(impatient, picture())
    (hanging,) = impatient.pids()
    assert code_of(impatient, b"sleep") == "slow"
    assert not psutil.pid_exists(hanging)
    assert measured(impatient, picture())
    impatient.close()


def test_a_decoder_killed_in_the_middle_of_a_file_costs_only_that_file(tmp_path, picture):
    patient = Pool(Limits(60, 60, 256 << 20), 2, 512 << 20, tmp_path / "lock", RIGGED)
    measured(patient, picture())
    (at_work,) = patient.pids()
    before = psutil.Process(at_work).cpu_times().user
    verdicts: list[str] = []
    thread = threading.Thread(target=lambda: verdicts.append(code_of(patient, b"spin")))
    thread.start()
    until(lambda: psutil.Process(at_work).cpu_times().user > before + 0.1)
    assert measured(patient, picture(1))  # by the other one, meanwhile
    os.kill(at_work, signal.SIGKILL)
    thread.join(60)
    assert verdicts == ["killed"]
    assert measured(patient, picture(2))
    patient.close()


def test_a_decoder_killed_between_files_costs_none(pool, picture):
    measured(pool, picture())
    for pid in pool.pids():
        os.kill(pid, signal.SIGKILL)
    assert measured(pool, picture(1))["height"] == 24


def test_a_decoder_is_kept_for_many_files(pool, picture):
    measured(pool, picture())
    first = pool.pids()
    assert all(measured(pool, picture(seed)) for seed in range(20))
    assert pool.pids() == first


def test_there_are_no_more_decoders_than_allowed(pool, picture):
    threads = [threading.Thread(target=measured, args=[pool, picture(seed)]) for seed in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert 1 <= len(pool.pids()) <= 2


def test_a_large_picture_is_measured_by_a_decoder_of_its_own(tmp_path):
    small = Pool(Limits(20, 60, 32 << 20), 1, large_memory=64 << 20, lock=tmp_path / "lock", command=RIGGED)
    assert measured(small, flat("RGB"))["width"] == 3000
    assert small.pids()  # the usual one said that it was too large, and is still there
    assert measured(small, flat("RGBA"))["width"] == 3000  # some rows at a time
    assert code_of(small, flat("RGBA", "WEBP")) == "memory"
    small.close()


def test_a_large_picture_does_not_wait_for_others_without_an_end(tmp_path):
    lock = tmp_path / "lock"
    hurried = Pool(Limits(20, 1, 32 << 20), 1, large_memory=64 << 20, lock=lock, command=RIGGED)
    with lock.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NoDecoder, match="other large pictures"):
            measured(hurried, flat("RGB"))
    assert measured(hurried, flat("RGB"))["width"] == 3000
    hurried.close()


def flat(mode: str, format: str = "PNG") -> bytes:
    file = io.BytesIO()
    PIL.Image.new(mode, (3000, 2500)).save(file, format, compress_level=1)
    return file.getvalue()


def test_a_decoder_that_cannot_start_blames_no_file(tmp_path, picture):
    broken = Pool(LIMITS, 1, 512 << 20, tmp_path / "lock", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(NoDecoder):
        measured(broken, picture())
    broken.close()


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is Linux's")
def test_a_decoder_reaches_nothing_of_the_machine(pool):
    assert measured(pool, b"reach out")["reached"] in ("", "LD_LIBRARY_PATH")  # by which some systems find Python's own


def test_decoders_end_with_the_process_that_started_them(tmp_path):
    script = f"""
import sys, tempfile, time
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from labelapp.images.decoder.pool import Pool, Limits
pool = Pool(Limits(60, 60, 1 << 28), 1, 1 << 28, Path({str(tmp_path / "lock")!r}), {RIGGED!r})
print(pool._start(pool.limits).pid, flush=True)
file = tempfile.TemporaryFile()
file.write(b"spin")
file.flush()
pool.ask({{"verb": "measure", "pixels": 1}}, file.fileno())
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pids = [int(parent.stdout.readline())]
    until(lambda: len(psutil.Process(parent.pid).children()) == 2)
    pids += [each.pid for each in psutil.Process(parent.pid).children()]
    parent.kill()
    parent.wait()
    until(lambda: not any(living(pid) for pid in pids))


def living(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.02)
