"""Predictions on request: one JSON object a line in, one a line out, models kept in memory."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.engine.errors import translate
from training.engine.events import EventStream
from training.engine.predict import Predictor

KEPT_MODELS = 3


class Server:
    """Answers requests until there are no more.

    A request is `{"id", "model": path, "images": [paths], "top": k, "explain": class id}`, of which the last two may be
    left out; its answer `{"id", "results": [...]}` with one entry an image, as `Predictor.predict` has it, or `{"id",
    "error": {"code", "message", "hint"}}`.

    Args:
        kept: models held in memory; the one unused for longest goes first.
    """

    def __init__(self, kept: int = KEPT_MODELS) -> None:
        self._kept = kept
        self._models: OrderedDict[tuple[str, int], Predictor] = OrderedDict()

    def run(self, lines: Iterable[str], answers: EventStream) -> None:
        """Answers every line, in order."""
        for line in lines:
            if line.strip():
                answers.line(self.answer(line))

    def answer(self, line: str) -> dict[str, Any]:
        """Returns the answer to one request; a bad one gets an error, never an exception."""
        number: Any = None
        try:
            request = json.loads(line)
            number = request.get("id")
            predictor = self._predictor(Path(request["model"]))
            images = [Path(path) for path in request["images"]]
            top, explain = int(request.get("top", 5)), request.get("explain")
            return {"id": number, "results": list(predictor.predict(images, top, explain))}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return {
                "id": number,
                "error": {
                    "code": "bad_request",
                    "message": f"The request cannot be read: {error!r}",
                    "hint": 'Send {"id", "model": path, "images": [paths], "top": k} on one line.',
                },
            }
        except Exception as error:
            meaning = translate(error)
            return {
                "id": number,
                "error": {"code": meaning.code, "message": meaning.message, "hint": meaning.hint},
            }

    def _predictor(self, path: Path) -> Predictor:
        file = path / "model.keras" if path.is_dir() else path
        # A model that was trained anew under the same name is another model.
        key = (str(file), file.stat().st_mtime_ns if file.exists() else 0)
        if key not in self._models:
            self._models[key] = Predictor(path)
            while len(self._models) > self._kept:
                self._models.popitem(last=False)
        self._models.move_to_end(key)
        return self._models[key]
