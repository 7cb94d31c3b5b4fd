import random

import pytest

from labelapp.annotations.models import Annotation, Revision
from labelapp.exchange.models import Import
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass, Project
from tests.formats.test_round_trip import NASTY, SHAPES

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(owner, annotator, add_image, draw):
    """A project of kind any with every shape and nasty names."""
    project = Project.objects.start(owner, name="=All", kind="any")
    project.memberships.create(user=annotator, role="annotator")
    rng = random.Random(2)
    from labelapp.annotations import shapes

    for number, name in enumerate(NASTY):
        image = add_image(
            name, number, project, status=rng.choice(["new", "labelled", "approved"]), split=rng.choice(["", "test"]),
            group=rng.choice(["", "=g"]),
        )  # fmt: skip
        for shape in rng.sample(list(SHAPES), 3):
            if shape == "mask":
                geometry = {"size": [24, 32], "counts": [5, 3, 24 * 32 - 8]}
            else:
                geometry = shapes.normalise(shape, SHAPES[shape], 32, 24)
            draw(
                image, rng.choice(NASTY[:6]) + shape, shape, geometry,
                attributes={"note": rng.choice([*NASTY, 5, None])},
                source=rng.choice(["manual", "auto", "file"]), score=rng.choice([None, rng.random()]),
                model=rng.choice([None, 4]), created_by=rng.choice([owner, annotator]),
                occluded=rng.choice([True, False]), z_order=rng.choice([0, -2, 5]), group=rng.choice([None, 3]),
            )  # fmt: skip
    return project


def test_the_same_file_restores_exactly_the_same_labels(everything, export, dry_run, apply, labels, draw):
    before, content = labels(everything), export(everything)
    assert dry_run(everything, content).findings["annotations"] == {
        "added": 0, "updated": 0, "unchanged": Annotation.objects.count(), "removed": 0,
    }  # fmt: skip
    some = list(Annotation.objects.order_by("pk"))
    Annotation.objects.filter(pk__in=[each.pk for each in some[:20]]).delete()
    Annotation.objects.filter(pk__in=[each.pk for each in some[20:40]]).update(attributes={}, score=0.5)
    draw(Image.objects.first(), "extra")
    Image.objects.filter(pk__in=[each.image_id for each in some[40:45]]).update(status="new", split="train", group="x")
    job = dry_run(everything, content)
    assert job.findings["error_count"] == 0
    assert job.findings["annotations"] == {
        "added": 20, "updated": 20, "unchanged": len(some) - 40, "removed": 1,
    }  # fmt: skip
    assert labels(everything) != before
    apply(job)
    assert labels(everything) == before
    assert export(everything) != content  # the revisions are new ones
    assert [line.rsplit(b",", 1)[0] for line in export(everything).splitlines()] == [
        line.rsplit(b",", 1)[0] for line in content.splitlines()
    ]


def test_a_dry_run_changes_nothing(project, add_image, dry_run):
    add_image("a.png")
    job = dry_run(project, "filename,class\na.png,cat\n")
    assert job.status == "completed"
    assert job.findings["annotations"]["added"] == 1
    assert job.findings["classes_new"] == ["cat"]
    assert job.findings["format"] == "csv-classification"
    assert not Annotation.objects.exists()
    assert not LabelClass.objects.exists()
    assert not Revision.objects.exists()


def test_applying_makes_classes_annotations_and_a_revision(project, owner, add_image, dry_run, apply):
    image = add_image("a.png")
    job = apply(dry_run(project, "filename,class\na.png,cat\n"))
    annotation = Annotation.objects.get()
    assert (annotation.label_class.name, annotation.shape, annotation.source) == ("cat", "tag", "file")
    assert annotation.created_by == owner
    revision = Revision.objects.get()
    assert (revision.image, revision.number, revision.author) == (image, 1, owner)
    image.refresh_from_db()
    assert (image.revision, image.status) == (1, "labelled")
    assert job.applied_at


def test_without_a_dry_run_a_good_file_is_applied_at_once(project, add_image, dry_run):
    add_image("a.png")
    assert dry_run(project, "filename,class\na.png,cat\n", dry_run=False).applied_at
    assert Annotation.objects.count() == 1
    bad = dry_run(project, "filename,class\na.png,dog\nb.png,dog\n", dry_run=False)
    assert bad.applied_at is None
    assert bad.findings["error_count"] == 1
    assert Annotation.objects.get().label_class.name == "cat"


def test_boxes_are_added_once_however_often_the_file_is_imported(owner, add_image, dry_run, apply):
    project = Project.objects.start(owner, name="Boxes", kind="detection")
    add_image("set/img one.png", to=project)
    content = (
        "filename,width,height,class,xmin,ymin,xmax,ymax\r\n"
        "img one.png,32,24,cat,1,2,10,12\r\nimg one.png,32,24,cat,5,5,6,6\r\n"
    )
    apply(dry_run(project, content))
    assert sorted(each.geometry["box"] for each in Annotation.objects.all()) == [[1, 2, 9, 10], [5, 5, 1, 1]]
    again = dry_run(project, content)
    assert again.findings["annotations"] == {"added": 0, "updated": 0, "unchanged": 2, "removed": 0}
    apply(again)
    assert Revision.objects.count() == 1
    fewer = "filename,class,xmin,ymin,xmax,ymax\nimg one.png,cat,1,2,10,12\n"
    assert dry_run(project, fewer).findings["annotations"]["removed"] == 0
    assert dry_run(project, fewer, replace=True).findings["annotations"]["removed"] == 1


def test_a_killed_worker_leaves_an_import_that_can_be_done_again(project, add_image, dry_run, labels, monkeypatch):
    from labelapp.exchange import applying

    monkeypatch.setattr(applying, "IMAGES_AT_ONCE", 2)
    for number in range(7):
        add_image(f"{number}.png")
    job = dry_run(project, "filename,class\n" + "".join(f"{n}.png,cat\n" for n in range(7)))
    job.apply()
    write, calls = applying.Applying._write, []

    def die_after_two(self, portion, classes, done):
        if len(calls) == 2:
            raise SystemExit
        calls.append(portion)
        return write(self, portion, classes, done)

    monkeypatch.setattr(applying.Applying, "_write", die_after_two)
    with pytest.raises(SystemExit):
        job.perform()
    assert Annotation.objects.count() == 4
    monkeypatch.setattr(applying.Applying, "_write", write)
    Import.objects.filter(pk=job.pk).update(status="queued")
    again = Import.objects.get(pk=job.pk)
    again.perform()
    assert again.status == "completed", again.error
    assert Annotation.objects.count() == Revision.objects.count() == 7
    assert again.findings["annotations"]["added"] == 7


def test_labels_that_changed_since_the_dry_run_refuse_the_apply(project, owner, add_image, dry_run, as_):
    image = add_image("a.png")
    job = dry_run(project, "filename,class\na.png,cat\n")
    Image.objects.filter(pk=image.pk).update(revision=1)
    answer = as_(owner).post(f"/api/imports/{job.pk}/apply/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "stale"
    assert not Annotation.objects.exists()


def test_a_dry_run_that_labels_have_outrun_is_done_again(project, owner, add_image, dry_run, as_):
    image = add_image("a.png")
    job = dry_run(project, "filename,class\na.png,cat\n")
    before = job.plan.name
    Image.objects.filter(pk=image.pk).update(revision=1)
    again = as_(owner).post(f"/api/imports/{job.pk}/retry/").json()
    assert (again["status"], again["report"]) == ("queued", {})
    job.refresh_from_db()
    job.perform()
    assert job.plan.name != before
    assert job.findings["annotations"]["added"] == 1
    assert as_(owner).post(f"/api/imports/{job.pk}/apply/").status_code == 202


def test_what_was_applied_is_not_tried_again(project, owner, add_image, dry_run, apply, as_):
    add_image("a.png")
    job = dry_run(project, "filename,class\na.png,cat\n")
    apply(job)
    assert as_(owner).post(f"/api/imports/{job.pk}/retry/").status_code == 409


def test_labels_that_change_while_it_is_applied_are_left_and_named(project, add_image, dry_run):
    add_image("a.png"), add_image("b.png")
    job = dry_run(project, "filename,class\na.png,cat\nb.png,cat\n")
    job.apply()
    Image.objects.filter(name="a.png").update(revision=5)
    job.perform()
    assert job.status == "failed"
    assert "a.png" in job.error
    assert Annotation.objects.get().image.name == "b.png"


def test_missing_images_can_be_passed_over(project, add_image, dry_run, apply):
    add_image("a.png")
    content = "filename,class\na.png,cat\nb.png,cat\nc.png,cat\nc.png,cat\n"
    strict = dry_run(project, content)
    assert (strict.findings["images_missing"], strict.findings["error_count"]) == (2, 3)
    lenient = dry_run(project, content, skip_missing=True)
    assert lenient.findings["error_count"] == 0
    assert lenient.findings["missing"] == ["b.png", "c.png"]
    apply(lenient)
    assert Annotation.objects.count() == 1


def test_rows_of_an_image_need_not_be_together(owner, add_image, dry_run, apply):
    project = Project.objects.start(owner, name="Many", kind="multilabel")
    add_image("a.png", to=project), add_image("b.png", to=project)
    apply(dry_run(project, "filename,class\na.png,x\nb.png,x\na.png,y\nb.png,y\na.png,x\n"))
    assert Annotation.objects.count() == 4
    assert Revision.objects.count() == 2


def test_a_new_class_takes_the_place_of_the_old_one_where_an_image_has_one(project, add_image, draw, dry_run, apply):
    draw(add_image("a.png"), "cat")
    job = dry_run(project, "filename,class\na.png,dog\n")
    assert job.findings["annotations"] == {"added": 1, "updated": 0, "unchanged": 0, "removed": 1}
    apply(job)
    assert Annotation.objects.get().label_class.name == "dog"


def test_annotators_import_labels_but_neither_classes_nor_verdicts(project, annotator, add_image, dry_run):
    LabelClass.objects.add(project, "cat")
    add_image("a.png")
    assert dry_run(project, "filename,class\na.png,cat\n", annotator).findings["error_count"] == 0
    (error,) = dry_run(project, "filename,class\na.png,dog\n", annotator).findings["errors"]
    assert "owners" in error["message"]
    (error,) = dry_run(project, "filename,class,shape,image_status\na.png,cat,tag,approved\n", annotator).findings[
        "errors"
    ]
    assert error["column"] == "image_status"


def test_an_import_cannot_be_applied_twice(project, add_image, dry_run, apply, owner, as_):
    add_image("a.png")
    job = apply(dry_run(project, "filename,class\na.png,cat\n"))
    assert as_(owner).post(f"/api/imports/{job.pk}/apply/").status_code == 409


def test_only_owners_import_labels_under_the_name_of_somebody_else(
    project, owner, annotator, add_image, dry_run, apply
):
    LabelClass.objects.add(project, "cat")
    add_image("a.png"), add_image("b.png")
    content = "filename,class,shape,author\n{},cat,tag,{}\n"
    apply(dry_run(project, content.format("a.png", owner.username), annotator))
    apply(dry_run(project, content.format("b.png", annotator.username), owner))
    assert [each.created_by for each in Annotation.objects.order_by("image__name")] == [annotator, annotator]
