"""The tools as the site has them: one process beside this one does the work, and may crash, hang or be too slow."""

import json
import logging
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from labelapp.annotations.assist.pictures import Picture
from labelapp.annotations.assist.tile_windows import Region, source_of
from labelapp.images.decoder.decoder import Decoder, Limits, NotTaken
from labelapp.images.decoder.protocol import Unfit
from labelapp.images.decoding import Refused, anonymous
from labelapp.images.models import Image
from labelapp.lib.passing import Lacking

logger = logging.getLogger(__name__)

ROOM = Path(__file__).resolve().parent.parent
SITE = ROOM.parent
# As the decoder is started: isolated, and without the site's queue.
BOOTSTRAP = (
    "import os, sys; sys.path += sys.argv[1:4]; os.environ['OPENBLAS_NUM_THREADS'] = '1'; "
    "from parent import die_with_parent; die_with_parent(int(sys.argv[4])); "
    "from assist.child import main; main()"
)
COMMAND = [sys.executable, "-I", "-c", BOOTSTRAP, str(ROOM), str(SITE / "images"), str(SITE / "lib")]
MEMORY = 1536 << 20  # bytes
WALL = 3  # seconds on the clock for each of computing: the machine may be busy
ATTEMPTS = 3


class Assistant:
    """Asks the one process of tools, which is started when it is needed and anew when it has gone."""

    def __init__(self, limits: Limits, wait: float, command: list[str] = COMMAND):
        """
        Args:
            wait: so many seconds somebody may wait until the others who ask have their answers.
        """
        self._limits, self._wait, self._command = limits, wait, command
        self._turn = threading.Lock()
        self._child: Decoder | None = None
        # Linux ends a child together with the thread that started it: this one lives as long as the process.
        self._starter = ThreadPoolExecutor(1, "assistant")

    def ask(self, tool: str, image: Image, given: dict[str, Any], region: Region | None = None) -> list[dict[str, Any]]:
        """What a tool finds on an image.

        Args:
            tool, given: as ``registry`` and the tool itself have it.
            region: the part of the image that it looks at, where that is not all.

        Raises:
            Refused: the image cannot be decoded, or the tool took too long; the text says what to do.
            Lacking: others have all of it just now.
        """
        try:
            source = source_of(image, region)
            found = self._asked(tool, source.key, image, given, None)
            if found is None:
                found = self._asked(tool, source.key, image, given, source.read())
        except Unfit as unfit:
            logger.warning("The tool %s did not answer for image %s: %s", tool, image.pk, unfit.code)
            raise Refused(reason(unfit)) from None
        return found or []

    def close(self) -> None:
        if self._child:
            self._child.end()
        self._child = None
        self._starter.shutdown()

    def _asked(self, tool: str, key: str, image: Image, given: dict[str, Any], picture: Picture | None) -> Any:
        """None where the picture has to come along."""
        text = json.dumps(given).encode()
        request: dict[str, Any] = {"tool": tool, "key": key, "given": len(text)}
        if picture:
            known = {name: value for name, value in vars(picture).items() if name != "colours"}
            request["picture"] = known | {"image_size": [image.width, image.height]}
        with anonymous() as file:
            file.write(text)
            if picture:
                file.write(picture.colours)
            file.flush()
            answer, blobs = self._answer(request, file.fileno())
        return None if answer.get("missing") else json.loads(blobs[0])

    def _answer(self, request: dict[str, Any], descriptor: int) -> tuple[dict[str, Any], list[bytes]]:
        if not self._turn.acquire(timeout=self._wait):
            raise Lacking(_("The smart tools are busy with what others asked for. Try again in a moment."))
        try:
            for _attempt in range(ATTEMPTS):
                with suppress(NotTaken):
                    return self._there().ask(request, descriptor)
        finally:
            self._turn.release()
        raise Lacking(_("The smart tools cannot be started just now. Try again in a moment."))

    def _there(self) -> Decoder:
        if self._child is None or self._child.spent:
            try:
                self._child = self._starter.submit(Decoder, self._command, self._limits).result()
            except OSError as error:
                raise Lacking(_("The smart tools cannot be started just now. Try again in a moment.")) from error
        return self._child


_making = threading.Lock()


def assistant() -> Assistant:
    """That of this process."""
    with _making:
        return _assistant()


@cache
def _assistant() -> Assistant:
    seconds = settings.ASSIST_SECONDS
    return Assistant(Limits(seconds, WALL * seconds, MEMORY), wait=WALL * seconds)


# A forked worker has no thread that watches over this process, and must not speak with another's.
os.register_at_fork(after_in_child=_assistant.cache_clear)


def reason(unfit: Unfit) -> str:
    """A sentence for a person."""
    reasons = {
        "slow": _("This took longer than {seconds} seconds, and was given up. Try it on a smaller part."),
        "memory": _("This needs more memory than there is. Try it on a smaller part."),
    }
    other = _("The tool broke down over this. Try it on another part, or draw it by hand.")
    return reasons.get(unfit.code, other).format(seconds=unfit.details.get("seconds", settings.ASSIST_SECONDS))
