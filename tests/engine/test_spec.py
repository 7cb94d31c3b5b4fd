import itertools
import json
import subprocess
import sys

import pytest
from pydantic import ValidationError

from tests.engine.conftest import ROOT
from training.engine import zoo
from training.engine.spec import ModelWeights, RunSpec, field_errors

GROUPS = {"Data", "Model", "Optimiser", "Augmentation", "Hardware"}


def errors_of(**fields):
    with pytest.raises(ValidationError) as caught:
        RunSpec.model_validate(fields)
    return field_errors(caught.value)


def test_a_task_and_a_preset_are_enough():
    spec = RunSpec(task="classification", preset="compact_cnn")
    assert spec.resolved().epochs == zoo.get("compact_cnn").scratch.epochs


def test_an_unknown_preset_names_the_nearest_and_all_others():
    message = errors_of(preset="compat_cnn")["preset"]
    assert "Did you mean 'compact_cnn'?" in message
    assert "mobilenet_025" in message


def test_an_unknown_field_is_refused():
    assert errors_of(epoch=3) == {"epoch": "There is no such field; check its spelling."}


def test_a_nested_field_is_named_with_its_parent():
    assert "augmentation.rotate" in errors_of(augmentation={"rotate": 500})


def test_an_image_size_the_preset_cannot_take_is_refused():
    assert "at least 75" in errors_of(preset="inceptionv3", image_size=64)["image_size"]


def test_published_weights_are_refused_where_there_are_none():
    assert "compact_cnn" in errors_of(weights="imagenet")["weights"]


def test_weights_may_name_a_model_of_the_site():
    assert RunSpec.model_validate({"weights": {"model": 7}}).weights == ModelWeights(model=7)


def test_a_resolved_spec_resolves_to_itself():
    plan = RunSpec(preset="mobilenet_025", weights="imagenet").resolved(500)
    assert RunSpec.model_validate_json(plan.model_dump_json()).resolved(9).model_dump() == plan.model_dump()


def test_a_small_set_gets_more_epochs():
    assert RunSpec().resolved(100).epochs > RunSpec().resolved(100_000).epochs


def test_small_images_are_not_magnified_unless_asked():
    assert RunSpec().resolved(100, 28).image_size == 32
    assert RunSpec().resolved(100, 5000).image_size == zoo.get("compact_cnn").input_size
    assert RunSpec(image_size=64).resolved(100, 28).image_size == 64
    assert RunSpec(preset="mobilenet_025", weights="imagenet").resolved(100, 28).image_size == 224


def test_weights_that_are_an_object_are_judged_as_one():
    assert errors_of(weights={"model": "x"}).keys() == {"weights.model"}


def test_there_is_a_learning_rate_for_every_step():
    spec = RunSpec(epochs=10, learning_rate=1e-3, warmup_epochs=1)
    rates = spec.learning_rates(20)
    assert len(rates) == 200
    assert max(rates) == pytest.approx(1e-3)
    assert rates[0] < rates[10] < rates[20]
    assert rates[-1] == pytest.approx(1e-5)


def test_fine_tuning_has_a_second_lower_peak():
    spec = RunSpec(preset="mobilenet_025", weights="imagenet", epochs=10, freeze_epochs=4, learning_rate=1e-2,
                   fine_tune_learning_rate=1e-3, warmup_epochs=0)  # fmt: skip
    rates = spec.learning_rates(5)
    assert rates[0] == pytest.approx(1e-2)
    assert max(rates[20:]) == rates[20] == pytest.approx(1e-3)


@pytest.mark.parametrize("schedule", ["cosine", "linear", "exponential", "step", "constant"])
def test_no_schedule_rises_after_its_warm_up(schedule):
    rates = RunSpec(epochs=4, schedule=schedule, warmup_epochs=0).learning_rates(10)
    assert all(later <= earlier for earlier, later in itertools.pairwise(rates))


def test_every_field_of_the_schema_can_be_put_into_a_form():
    schema = RunSpec.model_json_schema()
    nested = schema["$defs"]["AugmentationSettings"]["properties"]
    for name, field in {**schema["properties"], **nested}.items():
        assert field["title"], name
        assert field["description"], name
        assert field["group"] in GROUPS, name
        assert isinstance(field["advanced"], bool), name


def test_the_schema_is_json():
    assert json.loads(json.dumps(RunSpec.model_json_schema()))["title"] == "Training run"


def test_reading_specs_and_presets_imports_nothing_heavy():
    code = "import sys, training.engine.spec, training.engine.augment; print([m for m in sys.modules if '.' not in m])"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"keras", "tensorflow", "numpy", "cv2", "django"} & set(eval(loaded))


def test_a_task_whose_answers_have_places_has_defaults_of_its_own():
    spec = RunSpec(task="detection")
    assert spec.preset == "compact_detector"
    assert (spec.augmentation.rotate, spec.augmentation.horizontal_flip) == (0, 0.5)
    assert RunSpec(task="segmentation").preset == "compact_unet"
    assert RunSpec().preset == "compact_cnn"
    assert RunSpec().augmentation.rotate == 12


def test_what_somebody_says_of_augmentation_stands_beside_the_defaults_of_the_task():
    spec = RunSpec.model_validate({"task": "detection", "augmentation": {"zoom": 0.1}})
    assert (spec.augmentation.zoom, spec.augmentation.rotate) == (0.1, 0)
    assert RunSpec.model_validate(spec.model_dump()) == spec


def test_answers_with_places_get_more_pixels_and_a_recipe_of_their_own():
    whole = RunSpec(preset="mobilenet_025", weights="a.h5").resolved(200, 4000)
    places = RunSpec(task="detection", preset="mobilenet_025", weights="a.h5").resolved(200, 4000)
    assert (whole.image_size, places.image_size) == (224, 320)
    assert (whole.batch_size, places.batch_size) == (16, 8)
    assert places.freeze_epochs > 0
    assert RunSpec(task="detection", preset="mobilenet_025").resolved(200, 4000).freeze_epochs == 0
    assert RunSpec(task="detection", preset="mobilenet_025", weights="a.h5").resolved(200, 200).image_size == 208


@pytest.mark.parametrize("field", [{"class_weights": "balanced"}, {"loss": "focal"}, {"label_smoothing": 0.2}])
def test_what_a_task_makes_no_use_of_is_refused_with_its_name(field):
    (name,) = field
    with pytest.raises(ValidationError) as refused:
        RunSpec.model_validate({"task": "detection", **field})
    assert "makes no use" in field_errors(refused.value)[name]
    assert RunSpec.model_validate({"task": "multilabel", **field}).resolved(100).epochs


def test_a_resolved_spec_of_any_task_is_a_spec_again():
    for task in ("classification", "multilabel", "detection", "segmentation"):
        resolved = RunSpec(task=task).resolved(100, 640)
        assert type(resolved).model_validate(resolved.model_dump()) == resolved


@pytest.mark.parametrize(
    ("task", "preset", "monitor", "field"),
    [
        ("detection", "compact_cnn", "auto", "preset"), ("classification", "compact_detector", "auto", "preset"),
        ("detection", "compact_detector", "val_accuracy", "monitor"),
        ("segmentation", "compact_unet", "val_map", "monitor"),
    ],
)  # fmt: skip
def test_what_does_not_belong_to_the_task_is_refused(task, preset, monitor, field):
    with pytest.raises(ValidationError) as refused:
        RunSpec(task=task, preset=preset, monitor=monitor)
    assert field in field_errors(refused.value)
