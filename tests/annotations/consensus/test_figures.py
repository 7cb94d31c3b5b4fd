"""The figures of a round against those of the libraries and papers that they come from. No database."""

import itertools

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from labelapp.annotations.consensus.agreement import ImageLabels, Labels, figures
from labelapp.annotations.consensus.kappa import cohen, fleiss
from labelapp.annotations.consensus.majority import common_tags, majority
from labelapp.annotations.consensus.matching import matched


def labels(*classes, tags=()) -> Labels:
    return Labels(np.array(classes, np.int64), frozenset(tags))


def image(*people, **ious) -> ImageLabels:
    """``ious``: of two people as p01."""
    of = {
        (a, b): np.array(ious.get(f"p{a}{b}", []), float).reshape(len(people[a].classes), len(people[b].classes))
        for a, b in itertools.combinations(range(len(people)), 2)
        if people[a] is not None and people[b] is not None
    }
    return ImageLabels(people, of)


def test_matching_is_the_best_of_all_and_not_the_first_that_fits():
    generator = np.random.default_rng(3)
    for _each in range(40):
        ious = generator.random((4, 4))
        pairs = matched(ious, np.zeros(4, int), np.zeros(4, int), least_iou=0.0)
        best = max(
            sum(ious[row, column] for row, column in enumerate(order)) for order in itertools.permutations(range(4))
        )
        assert sum(ious[row, column] for row, column in pairs) == pytest.approx(best)


def test_what_overlaps_too_little_is_not_matched():
    assert matched(np.array([[0.49]]), np.array([1]), np.array([1])) == []
    assert matched(np.array([[0.5]]), np.array([1]), np.array([2])) == [(0, 0)]


def test_of_two_that_overlap_alike_the_one_of_the_same_class_is_meant():
    ious = np.array([[0.8, 0.8], [0.8, 0.8]])
    assert matched(ious, np.array([1, 2]), np.array([2, 1])) == [(0, 1), (1, 0)]


def test_nobody_drew_anything():
    assert matched(np.zeros((0, 3)), np.array([], int), np.array([1, 1, 1])) == []


def test_cohens_kappa_is_that_of_scikit_learn():
    generator = np.random.default_rng(5)
    for _each in range(20):
        one, other = generator.integers(0, 4, 50).tolist(), generator.integers(0, 4, 50).tolist()
        assert cohen(one, other) == pytest.approx(cohen_kappa_score(one, other))


def test_cohens_kappa_of_a_textbook():
    # 50 proposals read by two people: 20 both yes, 15 both no, 5 and 10 not alike.
    one = [1] * 25 + [0] * 25
    other = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert cohen(one, other) == pytest.approx(0.4)


def test_kappa_says_nothing_where_chance_explains_all():
    assert cohen([], []) is None
    assert cohen([1, 1], [1, 1]) is None
    assert fleiss(np.zeros((0, 2))) is None
    assert fleiss(np.array([[3, 0], [3, 0]])) is None


def test_fleiss_kappa_of_the_example_in_its_paper():
    # Ten things, fourteen people, five categories: 0.210.
    counts = np.array(
        [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]
    )  # fmt: skip
    assert fleiss(counts) == pytest.approx(0.210, abs=5e-4)


def test_two_people_who_drew_the_same_agree():
    found = figures([image(labels(1, 2), labels(1, 2), p01=[[1, 0], [0, 1]])], 2)
    (pair,) = found.pairs
    assert (pair.matched, pair.same_class, pair.alone_first, pair.alone_second) == (2, 2, 0, 0)
    assert (found.agreement, found.mean_iou, pair.kappa_shapes, found.images) == (1.0, 1.0, 1.0, [1.0])


def test_a_shape_that_one_missed_and_one_of_another_class_count_against_them():
    # Of two and three shapes one is the same; one is matched with another class.
    here = image(labels(1, 2), labels(1, 3, 3), p01=[[0.8, 0, 0], [0, 0.6, 0]])
    found = figures([here], 2)
    (pair,) = found.pairs
    assert (pair.matched, pair.same_class, pair.alone_first, pair.alone_second) == (2, 1, 0, 1)
    assert found.agreement == pytest.approx(2 / 5)
    assert found.mean_iou == pytest.approx(0.7)
    assert {each.label_class: (each.labels, each.agreement) for each in found.classes} == {
        1: (2, 1.0), 2: (1, 0.0), 3: (2, 0.0),
    }  # fmt: skip


def test_images_are_scored_by_the_pairs_that_labelled_them():
    all_alike = image(labels(1), labels(1), labels(1), p01=[[1]], p02=[[1]], p12=[[1]])
    one_differs = image(labels(1), labels(1), labels(), p01=[[1]])
    missing = ImageLabels([labels(1), None, None], {})
    empty = image(labels(), labels(), labels())
    found = figures([all_alike, one_differs, missing, empty], 3)
    assert found.images == [1.0, pytest.approx(1 / 3), None, 1.0]
    assert [pair.images for pair in found.pairs] == [3, 3, 3]


def test_tags_of_one_class_projects_are_categories():
    given = [(1, 1), (1, 2), (2, 2), (2, 2), (1, 1), (2, 1)]
    images = [image(labels(tags=[one]), labels(tags=[other])) for one, other in given]
    found = figures(images, 2, one_class=True)
    expected = cohen_kappa_score([one for one, _other in given], [other for _one, other in given])
    assert found.pairs[0].kappa_tags == pytest.approx(expected)
    assert found.agreement == pytest.approx(4 / 6)


def test_of_several_tags_each_class_is_a_question_of_its_own():
    images = [image(labels(tags=[1, 2]), labels(tags=[1])), image(labels(), labels(tags=[2]))]
    found = figures(images, 2)
    assert found.pairs[0].kappa_tags == pytest.approx(cohen_kappa_score([1, 1, 0, 0], [1, 0, 0, 1]))
    assert found.fleiss_tags == pytest.approx(fleiss(np.array([[0, 2], [1, 1], [2, 0], [1, 1]])))


def test_the_majority_takes_the_shape_that_fits_the_others_best():
    people = [labels(1), labels(1), labels(1)]
    ious = {(0, 1): np.array([[0.9]]), (0, 2): np.array([[0.6]]), (1, 2): np.array([[0.7]])}
    assert majority(people, ious) == [(1, 0)]


def test_what_only_one_of_three_has_is_left_out_and_classes_are_voted_on():
    people = [labels(1, 5), labels(2), labels(2)]
    ious = {
        (0, 1): np.array([[0.9], [0.0]]), (0, 2): np.array([[0.8], [0.0]]), (1, 2): np.array([[0.85]]),
    }  # fmt: skip
    assert majority(people, ious) == [(1, 0)]


def test_one_person_alone_is_no_majority():
    assert majority([labels(1), labels()], {(0, 1): np.zeros((1, 0))}) == []
    assert common_tags([labels(tags=[1]), labels(tags=[2])], one_class=True) == []


def test_two_shapes_of_one_person_are_never_one_object():
    people = [labels(1, 1), labels(1), labels(1)]
    ious = {
        (0, 1): np.array([[0.9], [0.0]]), (0, 2): np.array([[0.0], [0.9]]), (1, 2): np.array([[0.6]]),
    }  # fmt: skip
    assert len(majority(people, ious)) == 2


def test_tags_that_most_gave_are_common():
    people = [labels(tags=[1, 2]), labels(tags=[1]), labels(tags=[3, 2, 1])]
    assert common_tags(people, one_class=False) == [1, 2]
    assert common_tags(people, one_class=True) == [1]
