"""Says what is on images, with the model beside this file. README.txt tells what has to be installed."""

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "lib"))

import cv2
import numpy as np

from training.engine.data.rasterise import of_runs
from training.engine.errors import EngineError
from training.engine.predict import Predictor

NOTHING = 255  # in pictures of class indices


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", type=Path, nargs="+")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--top", type=int, default=100, help="answers per image at most")
    parser.add_argument("--masks", type=Path, help="folder for pictures of class indices; 255 is background")
    options = parser.parse_args()
    try:
        answers = list(Predictor(HERE).predict(options.images, options.top))
    except EngineError as error:
        print(f"{error.message} {error.hint}", file=sys.stderr)
        return 1
    for path, answer in zip(options.images, answers, strict=True):
        found = answer.get("predictions", [])
        print(json.dumps(answer) if options.json else readable(path, answer))
        if options.masks and any(each.get("shape") == "mask" for each in found):
            options.masks.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(options.masks / f"{path.stem}.png"), index_picture(found))
    return int(any("error" in answer for answer in answers))


def readable(path: Path, answer: dict) -> str:
    """The answer as lines for people: what passes the threshold, where there is one."""
    if "error" in answer:
        return answer["error"]
    found = [each for each in answer["predictions"] if each.get("chosen", True)]
    return "\n".join([str(path), *(f"  {each['class']} {each['score']:.3f}{place(each)}" for each in found)])


def place(found: dict) -> str:
    geometry = found.get("geometry", {})
    if "counts" in geometry:
        return f", {of_runs(geometry).sum()} pixels"
    return "".join(f", {name} {value}" for name, value in geometry.items())


def index_picture(found: list[dict]) -> np.ndarray:
    """The index of the class of every pixel, in the order of classes.json."""
    order = [each["id"] for each in json.loads((HERE / "classes.json").read_text(encoding="utf-8"))]
    masks = [each for each in found if each.get("shape") == "mask"]
    picture = np.full(masks[0]["geometry"]["size"], NOTHING, np.uint8)
    for each in reversed(masks):
        picture[of_runs(each["geometry"])] = order.index(each["class_id"])
    return picture


if __name__ == "__main__":
    sys.exit(main())
