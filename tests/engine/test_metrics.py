"""Every figure against scikit-learn's."""

import numpy as np
import pytest
from sklearn import metrics as reference

from training.engine.metrics.average_precision import average_precision
from training.engine.metrics.calibration import calibration
from training.engine.metrics.classification_report import classification_report
from training.engine.metrics.entropy import binary_entropy, normalised_entropy
from training.engine.metrics.multilabel_report import best_threshold, multilabel_report
from training.engine.metrics.top_k import top_k_accuracy

RNG = np.random.default_rng(5)


@pytest.fixture(params=range(3))
def answers(request):
    rng = np.random.default_rng(request.param)
    true = rng.integers(0, 6, 300)
    scores = rng.dirichlet(np.ones(6), 300)
    scores[np.arange(300), true] += rng.random(300) * 0.5
    return true, scores / scores.sum(axis=1, keepdims=True)


@pytest.fixture(params=range(3))
def decisions(request):
    rng = np.random.default_rng(request.param)
    true = (rng.random((200, 5)) < 0.3).astype(int)
    return true, np.round(np.clip(true * 0.3 + rng.random((200, 5)) * 0.7, 0, 1), 2)


def test_accuracy_and_f1_are_scikit_learns(answers):
    true, scores = answers
    predicted = scores.argmax(axis=1)
    report = classification_report(true, predicted, 6)
    precision, recall, f1, support = reference.precision_recall_fscore_support(true, predicted, labels=range(6))
    assert report.accuracy == pytest.approx(reference.accuracy_score(true, predicted))
    assert report.precision == pytest.approx(precision)
    assert report.recall == pytest.approx(recall)
    assert report.f1 == pytest.approx(f1)
    assert (report.support == support).all()
    assert report.macro_f1 == pytest.approx(reference.f1_score(true, predicted, average="macro"))
    assert report.weighted_f1 == pytest.approx(reference.f1_score(true, predicted, average="weighted"))
    assert (report.confusion == reference.confusion_matrix(true, predicted, labels=range(6))).all()


def test_a_class_that_does_not_occur_counts_for_nothing():
    true, predicted = np.array([0, 0, 2]), np.array([0, 2, 2])
    report = classification_report(true, predicted, 4)
    assert report.macro_f1 == pytest.approx(reference.f1_score(true, predicted, average="macro"))
    assert report.precision[3] == report.recall[3] == report.f1[3] == 0


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_top_k_is_scikit_learns(answers, k):
    true, scores = answers
    assert top_k_accuracy(true, scores, k) == pytest.approx(reference.top_k_accuracy_score(true, scores, k=k))


def test_average_precision_is_scikit_learns_with_ties_as_well(decisions):
    true, scores = decisions
    for column in range(5):
        expected = reference.average_precision_score(true[:, column], scores[:, column])
        assert average_precision(true[:, column], scores[:, column]) == pytest.approx(expected)


def test_average_precision_without_positives_is_undefined():
    assert np.isnan(average_precision(np.zeros(4), np.arange(4)))


def test_multilabel_figures_are_scikit_learns(decisions):
    true, scores = decisions
    predicted = scores >= 0.5
    report = multilabel_report(true, predicted)
    precision, recall, f1, _ = reference.precision_recall_fscore_support(true, predicted, zero_division=0)
    assert report.precision == pytest.approx(precision)
    assert report.recall == pytest.approx(recall)
    assert report.f1 == pytest.approx(f1)
    assert report.micro_f1 == pytest.approx(reference.f1_score(true, predicted, average="micro"))
    assert report.macro_f1 == pytest.approx(reference.f1_score(true, predicted, average="macro"))
    assert report.subset_accuracy == pytest.approx(reference.accuracy_score(true, predicted))
    assert report.accuracy == pytest.approx(1 - reference.hamming_loss(true, predicted))


def test_no_threshold_beats_the_best(decisions):
    true, scores = decisions
    best = multilabel_report(true, scores >= best_threshold(true, scores)).micro_f1
    assert all(multilabel_report(true, scores >= t / 20).micro_f1 <= best for t in range(1, 20))


def test_who_is_as_sure_as_right_has_no_calibration_error():
    confidence = np.repeat([0.25, 0.75], 100)
    correct = np.concatenate([np.arange(100) < 25, np.arange(100) < 75])
    assert calibration(confidence, correct).ece == pytest.approx(0)


def test_calibration_bins_are_those_of_scikit_learn():
    confidence = RNG.uniform(0.3, 1, 500)
    correct = RNG.random(500) < confidence**2
    result = calibration(confidence, correct, bins=10)
    share, mean = reference_curve(correct, confidence)
    filled = result.count > 0
    assert result.accuracy[filled] == pytest.approx(share)
    assert result.confidence[filled] == pytest.approx(mean)
    assert result.count.sum() == 500


def reference_curve(correct, confidence):
    from sklearn.calibration import calibration_curve

    return calibration_curve(correct, confidence, n_bins=10)


def test_overconfidence_is_its_distance_from_the_truth():
    assert calibration(np.full(10, 0.95), np.arange(10) < 6).ece == pytest.approx(0.35)


def test_entropy_runs_from_certain_to_no_idea():
    assert normalised_entropy(np.array([[1.0, 0, 0], [1 / 3, 1 / 3, 1 / 3]])) == pytest.approx([0, 1], abs=1e-6)
    assert binary_entropy(np.array([[1.0, 0.0], [0.5, 0.5]])) == pytest.approx([0, 1], abs=1e-6)
