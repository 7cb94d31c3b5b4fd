import itertools

import pytest

from benchmarks.version_folder import Item
from tests.engine.conftest import tiny
from training.engine.check import check
from training.engine.errors import EngineError
from training.engine.events import EventList
from training.engine.expectation import Pace, Sizes, expected, of_stages

STAGES = ["version", "images", "model", "learning", "checkpoint", "result", "prediction"]


def test_a_dry_run_goes_through_both_stages_and_leaves_nothing_behind(version, trained, tmp_path):
    spec = tiny(epochs=40, freeze_epochs=10, weights=str(trained.folder / "model.keras"), weight_averaging=0.9)
    events = EventList()
    result = check(spec, version, events, cache_folder=tmp_path / "cache", output=tmp_path / "out")
    assert [event["stage"] for event in events.of("check")] == STAGES
    assert list(result["stages"]) == STAGES
    assert result["epochs"] == 40
    assert result["expected_seconds"] > sum(result["stages"][name] for name in ("version", "model", "result"))
    assert result["memory_bytes"] > 2**27
    assert 0 < result["disk_bytes"] < result["disk_free_bytes"]
    assert list((tmp_path / "out").iterdir()) == []
    assert events.of("epoch") == events.of("checkpoint") == []
    assert events.events[-1]["event"] == "result"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({}, "single_class"), ({"weights": "/no/such/file.h5"}, "single_class")],
    ids=["labels", "labels before weights"],
)
def test_what_a_training_would_be_refused_for_is_refused_here_before_anything_is_decoded(
    fields, code, freeze, digit_files, tmp_path
):
    folder = freeze([Item(path, ["0"]) for path in digit_files["0"][:20]])
    with pytest.raises(EngineError) as refused:
        check(tiny(**fields), folder, EventList(), cache_folder=tmp_path / "cache")
    assert refused.value.code == code
    assert not (tmp_path / "cache").exists()


def test_weights_that_are_not_there_are_told_by_the_code_that_a_training_has(version, tmp_path):
    events = EventList()
    with pytest.raises(EngineError) as refused:
        check(tiny(weights=str(tmp_path / "none.h5")), version, events, cache_folder=tmp_path / "cache")
    assert refused.value.code == "missing_weights"
    assert [event["stage"] for event in events.of("check")] == STAGES[:2]


def epoch(seconds, speed, time):
    return [
        {"event": "epoch", "seconds": seconds, "images_per_second": speed, "time": time},
        {"event": "checkpoint", "kind": "last", "time": time + 0.5},
    ]


def test_the_expected_time_is_that_of_the_parts():
    events = [*epoch(9, 5, 0), *epoch(3, 20, 10), *epoch(4, 5, 20), *epoch(2, 40, 30)]
    paces = [Pace.of(each, steps=2, batch_size=20, validation_images=10) for each in of_stages(events, 2)]
    assert paces == [Pace(compiling=6, batch=1, judging=1, keeping=0.5), Pace(2, 0.5, 1, 0.5)]
    plan = tiny(epochs=5, freeze_epochs=2, weights="some.h5").resolved()
    sizes = Sizes({"train": 100, "validation": 20, "test": 40}, batch_size=20, to_decode=30, workers=2)
    seconds = expected(plan, sizes, paces, decoding=0.2, took=dict.fromkeys(("version", "model", "result"), 1.0))
    frozen, whole = 6 + 2 * (5 * 1 + 1 * 1 + 0.5), 2 + 3 * (5 * 0.5 + 1 * 1 + 0.5)
    assert seconds == pytest.approx(3 + 3 + frozen + whole + (1 + 2) * 1)
    assert all(earlier <= later for earlier, later in itertools.pairwise([0, frozen, seconds]))
