"""What the engine writes into a run's log file stands in the worker's log too, with the run's id."""

import logging

from labelapp.lib import log_context
from labelapp.lib.log_format import AddContext
from training.log_follower import LogFollower


def followed(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "training.engine"]


def test_new_lines_are_repeated_once_and_whole_with_the_run(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(AddContext())
    path = tmp_path / "log.txt"
    path.write_text("of an earlier start\n")
    with log_context.bound(run_id=7), LogFollower(path), path.open("a") as log:
        log.write("first\n\nsecond ")
        log.flush()
        log.write("half\nüber\nwithout an end")
    assert followed(caplog) == ["first", "second half", "über", "without an end"]
    assert {record.context["run_id"] for record in caplog.records if record.name == "training.engine"} == {7}


def test_more_than_is_read_at_once_comes_whole(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    path = tmp_path / "log.txt"
    with LogFollower(path):
        path.write_text("".join(f"line {number:06}\n" for number in range(20_000)))
    assert followed(caplog) == [f"line {number:06}" for number in range(20_000)]


def test_a_file_that_was_taken_away_ends_nothing(tmp_path, caplog):
    path = tmp_path / "gone" / "log.txt"
    with LogFollower(path):
        pass
    assert followed(caplog) == []
