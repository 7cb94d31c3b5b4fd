import json
import subprocess
import sys
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import features

from labelapp.watching.finding import Finding, problem, warning, well
from training.usage import gpus

NEEDED = {"jpg": "JPEG", "zlib": "PNG", "webp": "WebP"}
WANTED = {"libtiff": "TIFF", "jpg_2000": "JPEG 2000", "avif": "AVIF"}
SECONDS = 180
# In a process of its own: it takes seconds and half a gigabyte, and a broken library may crash it.
LOOK = """
import json, cv2, keras
print(json.dumps([cv2.__version__, keras.__version__, keras.backend.backend(),
                  [str(each) for each in keras.distribution.list_devices("gpu")]]))
"""


def check() -> Iterator[Finding]:
    yield from codecs()
    yield from engine()


def codecs() -> Iterator[Finding]:
    if missing := [label for name, label in NEEDED.items() if not features.check(name)]:
        yield problem("Pillow", _("Cannot read {names}.").format(names=", ".join(missing)), reinstall("pillow"))
    else:
        yield well("Pillow", _("Reads {names}.").format(names=", ".join(NEEDED.values())))
    if missing := [label for name, label in WANTED.items() if not features.check(name)]:
        yield warning("Pillow", _("Cannot read {names}.").format(names=", ".join(missing)), reinstall("pillow"))


def engine() -> Iterator[Finding]:
    """What the workers' training processes find here; a node that only serves pages may do without."""
    mend = reinstall("keras tensorflow-cpu opencv-python-headless")
    try:
        looked = subprocess.run(
            [sys.executable, "-c", LOOK],
            cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        yield problem("Keras", _("Importing it takes longer than {count} seconds.").format(count=SECONDS), mend)
        return
    if looked.returncode:
        last = looked.stderr.strip().splitlines()[-1:] or [f"exit {looked.returncode}"]
        yield problem("Keras", _("Cannot be imported: {reason}").format(reason=last[0]), mend)
        return
    opencv, keras, backend, devices = json.loads(looked.stdout.strip().splitlines()[-1])
    yield well("OpenCV", opencv)
    yield well("Keras", _("{version} on {backend}.").format(version=keras, backend=backend))
    yield graphics(devices)


def graphics(devices: list[str]) -> Finding:
    cards = [gpu["name"] for gpu in gpus()]
    if cards and not devices:
        text = _("This machine has {cards}, but {what} does not see it.").format(cards=", ".join(cards), what="Keras")
        return warning("GPU", text, _("Install TensorFlow with CUDA: pip install 'tensorflow[and-cuda]'"))
    if not cards:
        return well("GPU", _("None here: training runs on the CPU."))
    return well("GPU", ", ".join(cards))


def reinstall(packages: str) -> str:
    return _("Install again: {command}").format(command=f"{sys.executable} -m pip install --force-reinstall {packages}")
