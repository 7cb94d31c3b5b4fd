"""The engine's command line: `python -m training.engine COMMAND`; `--help` lists the commands."""

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from training.engine import zoo
from training.engine.errors import EngineError, translate
from training.engine.events import EventStream, claim_stdout
from training.engine.export.formats import FORMATS
from training.engine.spec import RunSpec, field_errors
from training.engine.zoo.costs import as_json

FAILED = 1
BAD_SPEC = 2


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0, 1 after a failure, 2 for a bad spec or command line."""
    # Said before TensorFlow is imported: it reads these once.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    # Keras imports scikit-learn for wrappers that are not used here; without it the start is a fifth shorter.
    sys.modules.setdefault("sklearn", None)  # type: ignore[arg-type]
    if os.environ.setdefault("KERAS_BACKEND", "tensorflow") == "tensorflow":
        # TensorFlow imports JAX where it is installed, for conversions that are not used here: a fifth again.
        sys.modules.setdefault("jax", None)  # type: ignore[arg-type]
    options = _parser().parse_args(arguments)
    if options.watch_stdin and options.command != "serve":
        threading.Thread(target=_end_with_parent, name="watch-stdin", daemon=True).start()
    stopped = threading.Event()
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, lambda *_: stopped.set())
    events = EventStream(claim_stdout())
    batch_size: int | None = None
    try:
        if options.command in _ON_SPEC:
            spec = RunSpec.model_validate_json(options.spec.read_text(encoding="utf-8"))
            batch_size = spec.resolved().batch_size
            _ON_SPEC[options.command](options, spec, events, stopped)
        else:
            _OTHERS[options.command](options, events)
    except ValidationError as error:
        fields = field_errors(error)
        message = " ".join(f"{name}: {text}" for name, text in fields.items())
        code = "unknown_preset" if "There is no preset" in fields.get("preset", "") else "bad_spec"
        events.emit("error", code=code, message=message, hint="Correct the spec.", fields=fields)
        return BAD_SPEC
    except FileNotFoundError as error:
        events.emit("error", code="missing_file", message=f"There is no file {error.filename}.", hint="Check the path.")
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    except Exception as error:
        if not isinstance(error, EngineError):
            traceback.print_exc()
        meaning = translate(error, batch_size)
        events.emit("error", code=meaning.code, message=meaning.message, hint=meaning.hint)
        return FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.engine", description=__doc__)
    parser.set_defaults(watch_stdin=False)
    commands = parser.add_subparsers(dest="command", required=True)
    watching = argparse.ArgumentParser(add_help=False)
    watching.add_argument("--watch-stdin", action="store_true", help="end at once when stdin does: the parent is gone")
    on_version = argparse.ArgumentParser(add_help=False)
    on_version.add_argument("--version", type=Path, required=True, help="version folder")
    on_version.add_argument("--images", type=Path, help="folder of image files (default: images in the version folder)")
    on_version.add_argument(
        "--cache", type=Path, help="folder of decoded images (default: cache in the version folder)"
    )

    on_spec = argparse.ArgumentParser(add_help=False)
    on_spec.add_argument("spec", type=Path, help="JSON file of a RunSpec")
    into_folder = argparse.ArgumentParser(add_help=False)
    into_folder.add_argument("--output", type=Path, required=True, help="folder for the result")

    train = commands.add_parser("train", parents=[on_spec, on_version, into_folder, watching], help="train a model")
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint in the output folder")
    train.add_argument("--cache-bytes", type=int, default=20 * 2**30, help="size the cache is kept to")

    check = commands.add_parser(
        "check", parents=[on_spec, on_version, watching], help="go through every stage of a training in seconds"
    )
    check.add_argument("--output", type=Path, help="folder on the disk that the training would write to")
    commands.add_parser("find-rate", parents=[on_spec, on_version, watching], help="find a learning rate")

    evaluate = commands.add_parser(
        "evaluate", parents=[on_version, into_folder, watching], help="evaluate a model on a split"
    )
    evaluate.add_argument("--model", type=Path, required=True, help="model.keras or a result folder")
    evaluate.add_argument("--split", choices=("train", "validation", "test"), default="test")

    predict = commands.add_parser("predict", parents=[watching], help="classify image files")
    predict.add_argument("--model", type=Path, required=True, help="model.keras, a result folder or an export")
    predict.add_argument("--json", action="store_true", help="one JSON object a line")
    predict.add_argument("--list", type=Path, help="file with one path a line, besides those given")
    predict.add_argument("--top", type=int, default=5, help="classes named per image")
    predict.add_argument("images", type=Path, nargs="*")

    export = commands.add_parser("export", parents=[watching], help="write a model in another format")
    export.add_argument("model", type=Path, help="model.keras or a result folder")
    export.add_argument("--version", type=Path, required=True, help="version folder: it is compared on its images")
    export.add_argument("--images", type=Path, help="folder of image files (default: images in the version folder)")
    export.add_argument("--format", choices=tuple(FORMATS), required=True)
    export.add_argument("--int8", action="store_true", help="of whole numbers: smaller, and a little less exact")
    export.add_argument("--output", type=Path, required=True, help="ZIP archive to write")
    export.add_argument("--cache", type=Path, help="folder of decoded images (default: cache in the version folder)")

    serve = commands.add_parser("serve", parents=[watching], help="answer requests on stdin, one JSON object a line")
    serve.add_argument("--keep", type=int, default=3, help="models held in memory")

    measure = commands.add_parser("measure", parents=[watching], help="how fast this machine trains a preset")
    measure.add_argument("preset", help="of the shelf")
    measure.add_argument("--task", help="one of its tasks (default: the first)")

    commands.add_parser("count", help="what every preset costs, for training/engine/zoo/costs.json")
    return parser


def _train(options: argparse.Namespace, spec: RunSpec, events: EventStream, stopped: threading.Event) -> None:
    from training.engine.train import train

    train(
        spec,
        options.version,
        options.output,
        events,
        image_folder=options.images,
        cache_folder=options.cache,
        cache_bytes=options.cache_bytes,
        resume=options.resume,
        should_stop=stopped.is_set,
    )


def _check(options: argparse.Namespace, spec: RunSpec, events: EventStream, stopped: threading.Event) -> None:
    from training.engine.check import check

    folders = {"image_folder": options.images, "cache_folder": options.cache, "output": options.output}
    check(spec, options.version, events, **folders)


def _find_rate(options: argparse.Namespace, spec: RunSpec, events: EventStream, stopped: threading.Event) -> None:
    from training.engine.find_rate import find_rate

    find_rate(spec, options.version, events, image_folder=options.images, cache_folder=options.cache)


def _evaluate(options: argparse.Namespace, events: EventStream) -> None:
    from training.engine.evaluate import evaluate

    evaluate(
        options.model,
        options.version,
        options.split,
        options.output,
        events,
        image_folder=options.images,
        cache_folder=options.cache,
    )


def _predict(options: argparse.Namespace, events: EventStream) -> None:
    from training.engine.predict import Predictor

    for answer in Predictor(options.model).predict(_paths(options), options.top):
        if options.json:
            events.line(answer)
        else:
            events.text(_readable(answer))


def _export(options: argparse.Namespace, events: EventStream) -> None:
    from training.engine.exporting import export

    export(
        options.model,
        options.version,
        options.format,
        options.output,
        events,
        int8=options.int8,
        image_folder=options.images,
        cache_folder=options.cache,
    )


def _paths(options: argparse.Namespace) -> Iterator[Path]:
    yield from options.images
    if options.list:
        with options.list.open(encoding="utf-8") as lines:
            yield from (Path(line.rstrip("\n")) for line in lines if line.strip())


def _readable(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"{answer['path']}: {answer['error']}"
    best = ", ".join(f"{item['class']} {item['score']:.3f}" for item in answer["predictions"])
    return f"{answer['path']}: {best}"


def _serve(options: argparse.Namespace, events: EventStream) -> None:
    from training.engine.serve import Server

    # The request channel doubles as the sign of life: its end is the end.
    Server(options.keep).run(sys.stdin, events)


def _measure(options: argparse.Namespace, events: EventStream) -> None:
    from training.engine.measure import measure

    try:
        preset = zoo.get(options.preset)
    except ValueError as error:
        raise EngineError("unknown_preset", str(error), "Correct the name of the preset.") from error
    measure(preset.name, options.task or preset.tasks[0], events)


def _count(_options: argparse.Namespace, events: EventStream) -> None:
    from training.engine.zoo.counting import costs_of

    found = {preset.name: costs_of(preset) for preset in zoo.PRESETS.values()}
    events.text(as_json(found))


def _end_with_parent() -> None:
    while sys.stdin.buffer.raw.read(4096):  # type: ignore[union-attr]
        pass
    os._exit(FAILED)


_ON_SPEC = {"train": _train, "check": _check, "find-rate": _find_rate}
_OTHERS = {
    "evaluate": _evaluate,
    "predict": _predict,
    "export": _export,
    "serve": _serve,
    "measure": _measure,
    "count": _count,
}

if __name__ == "__main__":
    sys.exit(main())
