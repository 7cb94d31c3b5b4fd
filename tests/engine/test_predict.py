import pytest

from training.engine.errors import EngineError
from training.engine.predict import Predictor


@pytest.fixture(scope="module")
def predictor(trained):
    return Predictor(trained.folder)


def test_most_digits_are_recognised(predictor, digit_files):
    answers = list(predictor.predict(digit_files["2"][:40]))
    assert sum(answer["predictions"][0]["class"] == "2" for answer in answers) > 30


def test_answers_keep_the_order_of_the_images(predictor, digit_files):
    paths = [path for paths in digit_files.values() for path in paths[:25]]
    assert [answer["path"] for answer in predictor.predict(iter(paths))] == [str(path) for path in paths]


def test_scores_fall_and_name_classes_by_id(predictor, digit_files):
    (answer,) = predictor.predict(digit_files["0"][:1], top=3)
    scores = [item["score"] for item in answer["predictions"]]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert answer["predictions"][0]["class_id"] == 1
    assert 0 <= answer["uncertainty"] <= 1


def test_a_file_that_is_no_image_gets_an_error_and_stops_nothing(predictor, digit_files, tmp_path):
    bad = tmp_path / "bad.jpg"
    bad.write_text("text")
    first, second, third = predictor.predict([digit_files["0"][0], bad, tmp_path / "gone.png"])
    assert "predictions" in first
    assert "bad.jpg" in second["error"]
    assert "gone.png" in third["error"]


def test_no_images_no_answers(predictor):
    assert list(predictor.predict([])) == []


def test_a_batch_of_any_size_gives_the_same_scores(predictor, digit_files):
    paths = digit_files["1"][:33]
    alone = [next(predictor.predict([path]))["predictions"][0]["score"] for path in paths[:3]]
    together = [answer["predictions"][0]["score"] for answer in predictor.predict(paths)][:3]
    assert alone == pytest.approx(together, abs=1e-4)


def test_a_file_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "model.keras"
    path.write_text("no model")
    with pytest.raises(EngineError) as caught:
        Predictor(path)
    assert caught.value.code == "wrong_weights"


def test_the_command_prints_one_line_an_image(engine, trained, digit_files, tmp_path):
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(map(str, digit_files["3"][:40])))
    child = engine("predict", "--model", trained.folder, "--json", "--list", listed, digit_files["1"][0])
    answers = child.finish()
    assert child.process.returncode == 0
    assert len(answers) == 41
    assert answers[0]["path"] == str(digit_files["1"][0])
