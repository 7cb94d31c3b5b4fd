"""Bad input: each gets a code, a sentence and a hint."""

import errno
import os

import pytest

from benchmarks.version_folder import Item
from tests.engine.conftest import tiny
from training.engine.errors import EngineError, translate


@pytest.fixture
def refused(run):
    """Trains and returns the error."""

    def attempt(spec, version_folder, **options):
        with pytest.raises(EngineError) as caught:
            run(spec, version_folder, **options)
        assert caught.value.hint
        return caught.value

    return attempt


def test_an_unknown_preset_ends_the_command_with_a_bad_spec(engine, tmp_path, version):
    spec = tmp_path / "spec.json"
    spec.write_text('{"preset": "mobilenet_26"}')
    child = engine("train", spec, "--version", version, "--output", tmp_path / "result")
    (event,) = child.finish()
    assert child.process.returncode == 2
    assert event["code"] == "unknown_preset"
    assert "mobilenet_025" in event["message"]


def test_a_missing_version(refused, tmp_path):
    assert refused(tiny(), tmp_path / "nowhere").code == "bad_version"


def test_a_missing_weights_file(refused, version):
    error = refused(tiny(weights="/nowhere/weights.h5"), version)
    assert error.code == "missing_weights"
    assert "/nowhere/weights.h5" in error.message


@pytest.mark.parametrize("content", [b"", b"not weights at all", b"PK\x03\x04 half a zip"])
def test_a_file_that_holds_no_weights(refused, version, tmp_path, content):
    path = tmp_path / "own.weights.h5"
    path.write_bytes(content)
    assert refused(tiny(weights=str(path)), version).code == "wrong_weights"


def test_weights_of_another_model(refused, version, trained):
    error = refused(tiny(preset="compact_resnet", weights=str(trained.folder / "model.keras")), version)
    assert error.code == "wrong_weights"
    assert "Compact ResNet" in error.message


def test_weights_of_another_application(refused, version, tmp_path):
    import keras

    path = tmp_path / "mobilenet.h5"
    keras.applications.MobileNet(alpha=0.5, include_top=False, weights=None, input_shape=(32, 32, 3)).save_weights(
        tmp_path / "other.weights.h5"
    )
    path.write_bytes((tmp_path / "other.weights.h5").read_bytes())
    assert refused(tiny(preset="mobilenet_025", image_size=32, weights=str(path)), version).code == "wrong_weights"


def test_one_class_only(refused, freeze, digit_files):
    items = [Item(path, ["0"]) for path in digit_files["0"][:20]]
    assert refused(tiny(), freeze(items, classes=["0", "1"])).code == "single_class"


def test_a_class_without_training_images(refused, freeze, digits):
    error = refused(tiny(), freeze(digits(10), classes=["0", "1", "2", "3", "seven"]))
    assert error.code == "too_few_images"
    assert "seven" in error.message


def test_no_labels_at_all(refused, freeze, digit_files):
    items = [Item(path, []) for path in digit_files["0"][:20]]
    assert refused(tiny(), freeze(items, classes=["0", "1"])).code == "too_few_images"


def test_several_classes_where_one_is_wanted(refused, freeze, digits, digit_files):
    error = refused(tiny(), freeze([*digits(5), Item(digit_files["0"][9], ["0", "1"])]))
    assert error.code == "several_classes"
    assert "multilabel" in error.hint


def test_too_many_corrupt_images_end_the_run(refused, freeze, digits, tmp_path):
    broken = []
    for number in range(20):
        path = tmp_path / f"broken-{number}.jpg"
        path.write_bytes(b"no image %d" % number)
        broken.append(Item(path, ["0"]))
    error = refused(tiny(epochs=1), freeze([*digits(10), *broken]))
    assert error.code == "corrupt_image"
    assert "20 of 60" in error.message


def test_a_diverged_loss_is_said_to_be_so(refused, version):
    error = refused(tiny(optimizer="sgd", learning_rate=10, weight_decay=1, schedule="constant", epochs=50), version)
    assert error.code == "diverged"
    assert "lower learning rate" in error.hint


def test_a_checkpoint_of_the_site_must_be_resolved_first(refused, version):
    assert refused(tiny(weights={"model": 3}), version).code == "missing_weights"


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RuntimeError("RESOURCE_EXHAUSTED: failed to allocate"), RuntimeError("CUDA out of memory"),
     type("ResourceExhaustedError", (Exception,), {})("OOM when allocating tensor")],
)  # fmt: skip
def test_lack_of_memory_suggests_half_the_batch(error):
    meaning = translate(error, batch_size=32)
    assert meaning.code == "out_of_memory"
    assert "batch size of 16" in meaning.hint


def test_a_full_disk_is_said_to_be_full():
    assert translate(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))).code == "disk_full"
    # As TensorFlow says it, and h5py, which gives no error number.
    assert translate(RuntimeError("RESOURCE_EXHAUSTED: /runs/1/x; No space left on device")).code == "disk_full"
    assert (
        translate(OSError("Unable to write (errno = 28, error message = 'No space left on device')")).code
        == "disk_full"
    )


def test_anything_else_is_internal():
    assert translate(ZeroDivisionError("x")).code == "internal"
