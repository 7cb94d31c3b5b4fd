import json
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from labelapp.annotations.models import Annotation
from labelapp.images import deletion, originals
from labelapp.images.models import Leftover
from labelapp.projects.models import LabelClass, Project
from labelapp.projects.models.job import JobCancelled, JobFailure
from labelapp.versions.freezing import Freezing
from labelapp.versions.models import Version
from tests.versions.conftest import draw, manifest

pytestmark = pytest.mark.django_db


def test_the_folder_holds_every_labelled_image_with_its_annotations(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 10 + ["dog"] * 10 + [None] * 5, shape="box")
    version = freeze(project, owner)
    assert (version.status, version.number) == ("completed", 1)
    rows = manifest(version)
    assert len(rows) == 20
    assert list(rows[0]) == [
        "image_id", "sha256", "name", "width", "height", "split", "group", "revision", "status", "annotations",
    ]  # fmt: skip
    assert rows[0]["group"] is None
    assert rows[0]["revision"] == 1
    assert rows[0]["status"] == "labelled"
    (annotation,) = rows[0]["annotations"]
    assert json.loads(annotation["geometry"]) == {"box": [1.0, 2.0, 10.5, 12.0]}
    assert (annotation["shape"], annotation["attributes"], annotation["source"]) == ("box", "{}", "manual")
    assert annotation["class_id"] in set(project.classes.values_list("pk", flat=True))


def test_the_description_says_what_was_frozen(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 10 + ["dog"] * 10)
    version = freeze(project, owner)
    with default_storage.open(f"{version.folder}/version.json") as file:
        said = json.load(file)
    assert said["hash"] == version.hash
    assert (said["format"], said["project"], said["number"], said["kind"]) == (1, "Signs", 1, "classification")
    assert [each["name"] for each in said["classes"]] == ["cat", "dog"]
    assert said["counts"] == version.counts
    assert version.counts == {
        "train": 14, "validation": 3, "test": 3,
        "classes": {
            "cat": {"train": 7, "validation": version.counts["classes"]["cat"]["validation"],
                    "test": version.counts["classes"]["cat"]["test"]},
            "dog": version.counts["classes"]["dog"],
        },
    }  # fmt: skip


def test_statistics_count_sizes_and_sources(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 8, shape="box")
    statistics = freeze(project, owner).statistics
    assert sum(statistics["annotations"].values()) == 8
    assert sum(sum(statistics["box_sizes"][part]) for part in ("train", "validation", "test")) == 8
    assert statistics["image_sizes"]["train"][1] == statistics["images"]["train"]
    assert set(statistics["sources"]) == {"manual"}


def test_the_same_choices_give_the_same_hash_in_another_project_too(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 10 + ["dog"] * 9)
    other = Project.objects.start(owner, name="Copy", kind="classification")
    LabelClass.objects.add(other, "cat", key="q", color="#000000")
    labelled(other, ["dog"] * 9, first=10)
    labelled(other, ["cat"] * 10)
    first, again, copy = freeze(project, owner), freeze(project, owner), freeze(other, owner)
    assert first.hash == again.hash == copy.hash
    assert (first.number, again.number, copy.number) == (1, 2, 1)


def test_another_label_seed_or_class_gives_another_hash(project, owner, labelled, freeze):
    images = labelled(project, ["cat"] * 10 + ["dog"] * 10)
    hashes = {freeze(project, owner).hash, freeze(project, owner, seed=1).hash}
    draw(images[0], "dog", owner)
    hashes.add(freeze(project, owner).hash)
    LabelClass.objects.add(project, "bird")
    hashes.add(freeze(project, owner).hash)
    assert len(hashes) == 4


def test_whole_numbers_and_floats_are_the_same_place(project, owner, labelled, freeze):
    (image,) = labelled(project, ["cat"], shape="box")
    annotation = Annotation.objects.get(image=image)
    Annotation.objects.update(geometry={"box": [1, 2, 10, 12]})
    first = freeze(project, owner).hash
    annotation.geometry = {"box": [1.0, 2.0, 10.0, 12.0]}
    annotation.save()
    assert freeze(project, owner).hash == first


def test_folders_and_groups_are_not_torn_apart(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 30)
    version = freeze(project, owner, group_by="folder")
    parts = {}
    for row in manifest(version):
        parts.setdefault(row["name"].split("/")[0], set()).add(row["split"])
    assert all(len(each) == 1 for each in parts.values())


def test_filters_choose_the_images(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 4 + ["dog"] * 4)
    cat = project.classes.get(name="cat")
    assert len(manifest(freeze(project, owner, filters={"class": [cat.pk]}))) == 4


def test_without_classes_or_images_the_reason_is_said(project, owner, labelled, freeze):
    version = freeze(project, owner)
    assert version.status == "failed"
    assert "no label classes" in version.error
    LabelClass.objects.add(project, "cat")
    assert "No image is labelled yet" in freeze(project, owner).error
    assert "filters" in freeze(project, owner, filters={"search": "x"}).error
    assert not default_storage.exists(f"{version.folder}/version.json")


def test_a_class_without_training_images_is_a_warning(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 9)
    LabelClass.objects.add(project, "unicorn")
    version = freeze(project, owner)
    assert version.status == "completed"
    assert any("unicorn" in each for each in version.statistics["warnings"])
    (told,) = [each for each in version.statistics["warnings"] if "unicorn" in each]
    assert told.startswith("No image in train, validation, test for 1 ")


@pytest.mark.parametrize("split", [{"train": 0, "validation": 0, "test": 1}, {"train": 1, "validation": 0, "test": 0}])
def test_an_empty_part_is_a_warning(project, owner, labelled, freeze, split):
    labelled(project, ["cat", "dog", "cat"])
    version = freeze(project, owner, split=split)
    assert version.status == "completed"
    assert any("No image is for" in each for each in version.statistics["warnings"])


def test_freezing_again_after_a_death_gives_one_whole_folder(project, owner, labelled, freeze):
    labelled(project, ["cat"] * 9)
    version = freeze(project, owner)
    Version.objects.filter(pk=version.pk).update(status="queued")
    version = Version.objects.get(pk=version.pk)
    version.perform()
    assert len(manifest(version)) == 9
    assert sorted(default_storage.listdir(version.folder)[1]) == ["index.parquet", "manifest.parquet", "version.json"]


def test_of_two_workers_only_the_last_has_the_version(project, owner, labelled):
    labelled(project, ["cat"] * 3)
    first = Version.objects.freeze(project, owner, split={"train": 1})
    assert first._claim()
    second = Version.objects.get(pk=first.pk)
    assert second.cancel()
    assert second.retry()
    second.perform()
    with pytest.raises(JobCancelled):
        first.work()
    version = Version.objects.get(pk=first.pk)
    assert version.status == "completed"
    assert len(version.contents()) == 3


def test_a_class_added_meanwhile_is_said_in_plain_words(project, owner, labelled):
    labelled(project, ["cat"] * 3)
    version = Version.objects.freeze(project, owner, split={"train": 1})
    assert version._claim()
    freezing = Freezing(version)
    labelled(project, ["dog"], first=9)
    with pytest.raises(JobFailure, match="class was added"):
        freezing.perform()


def test_a_cancelled_version_leaves_no_file(project, owner, labelled):
    labelled(project, ["cat"] * 9)
    version = Version.objects.freeze(project, owner, split={"train": 1.0})
    version.report = lambda *args, **fields: (version.cancel(), Version.report(version, *args, **fields))
    version.perform()
    assert Version.objects.get().status == "cancelled"
    assert not default_storage.exists(f"{version.folder}/version.json")


def test_a_project_is_erased_with_its_files_but_not_what_versions_of_others_hold(
    project, owner, labelled, freeze, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(deletion, "SECONDS_UNTIL_SWEPT", 0)
    labelled(project, ["cat", "dog", "cat"])
    contents = freeze(project, owner).contents()
    assert len(contents) == 3
    for sha256 in contents:
        default_storage.save(originals.path_of(sha256), ContentFile(b"pixels"))
    other = Project.objects.start(owner, name="Other")
    labelled(other, ["cat", "dog", "cat"])
    gone = freeze(other, owner)
    with django_capture_on_commit_callbacks(execute=True):
        other.erase()
    assert not default_storage.exists(f"{gone.folder}/manifest.parquet")
    project.images.all().discard()
    deletion.sweep_files(list(contents))
    assert all(default_storage.exists(originals.path_of(each)) for each in contents)
    project.erase()
    deletion.sweep_files(list(contents))
    assert not any(default_storage.exists(originals.path_of(each)) for each in contents)


def test_nothing_is_swept_while_a_version_that_may_show_it_is_being_frozen(project, owner, freeze, labelled):
    sha256 = "ab" * 32
    default_storage.save(originals.path_of(sha256), ContentFile(b"pixels"))
    moment = (timezone.now() - timedelta(days=1)).timestamp()
    os.utime(default_storage.path(originals.path_of(sha256)), (moment, moment))
    Leftover.objects.create(sha256=sha256, due_at=timezone.now())
    labelled(project, ["cat"])
    version = Version.objects.freeze(project, owner)
    deletion.sweep()
    assert default_storage.exists(originals.path_of(sha256))
    version.perform()
    deletion.sweep()
    assert not default_storage.exists(originals.path_of(sha256))
