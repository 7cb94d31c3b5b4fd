import numpy as np
import pytest

from tests.engine.conftest import tiny
from training.engine.events import EventList
from training.engine.find_rate import find_rate
from training.engine.metrics.rate_curve import RateCurve


def curve_of(loss, low=1e-6, high=10, count=100):
    curve = RateCurve()
    for rate in np.geomspace(low, high, count):
        curve.add(rate, loss(rate))
        if curve.explodes:
            break
    return curve


def test_the_rate_of_the_steepest_descent_is_proposed():
    curve = curve_of(lambda rate: 1 - 1 / (1 + np.exp(-4 * (np.log10(rate) + 2.5))) + (rate / 0.3) ** 2)
    assert curve.clear
    assert 1e-3 < curve.proposed < 1e-1
    assert curve.rates[-1] < 10


def test_where_nothing_falls_a_tenth_of_the_lowest_is_proposed():
    curve = curve_of(lambda rate: 2 - 1e-4 * np.log10(rate) if rate < 1e-3 else 1 + 1000 * rate)
    assert not curve.clear
    assert curve.proposed == pytest.approx(curve.rates[int(np.argmin(curve.smoothed))] / 10, rel=0.1)


def test_a_curve_without_points_proposes_nothing():
    assert RateCurve().proposed is None


def test_the_smoothed_loss_starts_with_the_first_and_lags_behind():
    curve = RateCurve()
    for loss in (2.0, 1.0, 1.0):
        curve.add(0.1, loss)
    assert curve.smoothed[0] == pytest.approx(2)
    assert 1 < curve.smoothed[2] < curve.smoothed[1] < 2


def test_a_model_finds_a_rate_that_it_learns_by_and_nothing_is_kept(version, tmp_path):
    events, before = EventList(), sorted(path for path in version.rglob("*") if "cache" not in path.parts)
    found = find_rate(tiny(gradient_accumulation=4), version, events, cache_folder=tmp_path / "cache")
    assert found["rates"] == sorted(found["rates"])
    assert len(found["rates"]) == len(found["losses"]) == len(found["smoothed"]) > 40
    assert found["rates"][0] == pytest.approx(1e-6)
    assert 1e-4 < found["proposed"] < 0.5
    assert min(found["smoothed"]) < found["smoothed"][0]
    assert all(0 <= event["progress"] <= 1 for event in events.of("status")[2:])
    assert sorted(path for path in version.rglob("*") if "cache" not in path.parts) == before
