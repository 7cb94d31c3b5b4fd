import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")


class Clock:
    """The wall clock of the site's processes, which can be set; needs a C compiler, and ``there`` is false without."""

    def __init__(self, folder: Path):
        self._offset = folder / "clock-offset"
        self._library = folder / "clock.so"
        self._seconds = 0
        self.jump(0)
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        self.there = bool(compiler) and self._compile(str(compiler))

    @property
    def environment(self) -> dict[str, str]:
        if not self.there:
            return {}
        return {"LD_PRELOAD": str(self._library), "CLOCK_OFFSET_FILE": str(self._offset)}

    def jump(self, seconds: int) -> None:
        self._seconds += seconds
        with self._offset.open("r+b" if self._offset.exists() else "wb") as file:
            file.write(struct.pack("<q", self._seconds))

    def _compile(self, compiler: str) -> bool:
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(self._library), str(SOURCE), "-ldl"]
        return subprocess.run(command, capture_output=True).returncode == 0
