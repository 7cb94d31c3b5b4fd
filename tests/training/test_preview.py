"""Training images as they are and as the first epochs see them, asked for by the form."""

import pytest

from tests.training.test_find_things import scenes  # noqa: F401 - pictures with boxes, frozen

AUGMENTATION = {"rotate": 30}


@pytest.fixture
def ask(as_, owner, project):
    path = f"/api/projects/{project.pk}/augmentations/preview/"
    return lambda person=owner, **body: as_(person).post(path, body, format="json")


def test_images_come_as_they_are_and_epoch_by_epoch(ask, version):
    body = {"version": version.pk, "spec": {"augmentation": AUGMENTATION}, "seed": 3, "count": 2, "epochs": 3}
    results = ask(**body).json()["results"]
    assert len(results) == 2
    for each in results:
        pictures = [each["picture"], *(epoch["picture"] for epoch in each["epochs"])]
        assert len(set(pictures)) == 4
        assert [label["score"] for label in each["labels"]] == [1.0]
    assert ask(**body).json()["results"] == results
    assert ask(**(body | {"seed": 4})).json()["results"] != results


def test_a_mixed_image_tells_the_shares_of_both(ask, version):
    spec = {"augmentation": {"mixup": 1, "mixup_alpha": 1}}
    results = ask(version=version.pk, spec=spec, count=4).json()["results"]
    for epoch in (epoch for each in results for epoch in each["epochs"]):
        shares = [label["score"] for label in epoch["labels"]]
        assert len(shares) == 2
        assert sum(shares) == pytest.approx(1)


@pytest.mark.django_db(transaction=True)
def test_boxes_move_with_their_pixels_and_join_in_mosaics(ask, scenes):  # noqa: F811
    for augmentation, most in (({"rotate": 20}, 1), ({"mosaic": 1}, 4)):
        spec = {"task": "detection", "augmentation": augmentation}
        results = ask(version=scenes.pk, spec=spec, count=6).json()["results"]
        counts = [len(epoch["labels"]) for each in results for epoch in each["epochs"]]
        assert max(counts) == most or (most == 4 and max(counts) >= 3)
        for epoch in (epoch for each in results for epoch in each["epochs"]):
            for label in epoch["labels"]:
                left, top, width, height = label["geometry"]["box"]
                assert min(left, top) >= 0
                assert left + width <= epoch["width"]
                assert top + height <= epoch["height"]


@pytest.mark.django_db(transaction=True)
def test_pixels_and_tiles_are_shown_as_well(ask, scenes):  # noqa: F811
    spec = {"task": "segmentation", "tile": 64, "augmentation": AUGMENTATION}
    results = ask(version=scenes.pk, spec=spec, count=2).json()["results"]
    for each in results:
        [label] = each["labels"]
        assert label["shape"] == "mask"
        assert label["geometry"]["size"] == [each["height"], each["width"]]


def test_a_version_without_labels_of_the_task_says_so(ask, version):
    answer = ask(version=version.pk, spec={"task": "segmentation"}).json()
    assert answer["results"] == []
    assert "no polygons" in answer["reason"]


def test_a_version_whose_files_are_gone_says_so(ask, bare_version):
    assert "gone" in ask(version=bare_version.pk).json()["reason"]


def test_what_cannot_be_is_refused(ask, version, stranger):
    wrong = ask(version=version.pk, spec={"augmentation": {"rotate": "much"}})
    assert wrong.status_code == 400
    assert "spec.augmentation.rotate" in wrong.json()["error"]["fields"]
    assert ask().status_code == 400
    assert ask(version=version.pk + 1000).status_code == 404
    assert ask(stranger, version=version.pk).status_code == 404


def test_the_schedule_counts_tiles(as_, owner, version):
    body = {"spec": {"task": "detection", "tile": 64}, "version": version.pk}
    answer = as_(owner).post("/api/runs/schedule/", body, format="json").json()
    assert answer["train_images"] == version.counts["train"]  # small images are one tile each
