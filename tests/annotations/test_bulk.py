import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labelapp.annotations.models import Annotation, Revision, Source
from labelapp.images.models import Image
from labelapp.projects.errors import Conflict


def statements(verb) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        verb()
    return len(queries)


def test_images_get_tags_revisions_and_a_status(project, owner, add_image, cat, dog):
    images = [add_image(f"{number}.png") for number in range(3)]
    done = Revision.objects.tag_images(project, owner, zip(images, [cat, dog, cat], strict=True), Source.FILE)
    assert (done.changed, done.unchanged) == (3, 0)
    assert list(Image.objects.values_list("status", "revision")) == [("labelled", 1)] * 3
    assert list(Annotation.objects.order_by("image").values_list("label_class", "source")) == [
        (cat.pk, "file"), (dog.pk, "file"), (cat.pk, "file"),
    ]  # fmt: skip


def test_many_images_cost_as_many_statements_as_few(project, owner, add_image, cat):
    few = [add_image(f"few {number}") for number in range(2)]
    many = [add_image(f"many {number}") for number in range(40)]
    tag = Revision.objects.tag_images
    assert statements(lambda: tag(project, owner, [(image, cat) for image in few])) == statements(
        lambda: tag(project, owner, [(image, cat) for image in many])
    )


def test_what_is_so_already_stays_unchanged(project, owner, image, cat):
    Revision.objects.tag_images(project, owner, [(image, cat)])
    done = Revision.objects.tag_images(project, owner, [(image, cat)])
    assert (done.changed, done.unchanged) == (0, 1)
    assert Revision.objects.count() == 1


def test_a_classification_image_changes_its_class(project, owner, image, cat, dog):
    Revision.objects.tag_images(project, owner, [(image, cat)])
    Revision.objects.tag_images(project, owner, [(image, dog)], replace=False)
    assert Annotation.objects.get().label_class == dog


@pytest.mark.parametrize(("replace", "left"), [(False, {"cat", "dog"}), (True, {"dog"})])
def test_elsewhere_a_class_is_added_or_replaces_the_others(free_project, owner, image, cat, dog, replace, left):
    Revision.objects.tag_images(free_project, owner, [(image, cat)])
    Revision.objects.tag_images(free_project, owner, [(image, dog)], replace=replace)
    assert set(Annotation.objects.values_list("label_class__name", flat=True)) == left


def test_a_bulk_change_is_undone_where_nobody_has_changed_the_image_since(
    project, owner, add_image, cat, dog, tag, save
):
    images = [add_image(f"{number}.png") for number in range(3)]
    Revision.objects.tag_images(project, owner, [(images[0], cat)])
    done = Revision.objects.tag_images(project, owner, [(image, dog) for image in images])
    mine = Annotation.objects.get(image=images[2])
    save(images[2], tag(cat), delete=[str(mine.pk)])
    undone = Revision.objects.undo_bulk(project, done.key, owner)
    assert (undone.changed, undone.unchanged) == (2, 1)
    assert [image.status for image in Image.objects.order_by("id")] == ["labelled", "new", "labelled"]
    assert set(Annotation.objects.values_list("image", "label_class")) == {
        (images[0].pk, cat.pk), (images[2].pk, cat.pk),
    }  # fmt: skip


def test_images_of_another_project_are_left_alone(project, owner, stranger, add_image, cat):
    from labelapp.projects.models import Project

    foreign = add_image(of=Project.objects.start(stranger, name="Other"))
    Revision.objects.tag_images(project, owner, [(foreign, cat)])
    assert not Annotation.objects.exists()


def test_undoing_gives_no_verdict_without_the_right_to(project, annotator, reviewer, image, save):
    save(image, by=reviewer, status="approved")
    save(image, by=reviewer, status="sent_back")
    key = Revision.objects.latest("number").key
    assert Revision.objects.undo_bulk(project, key, annotator).changed == 1
    image.refresh_from_db()
    assert image.status == "labelled"


def test_undoing_passes_over_images_whose_class_is_gone(project, owner, image, cat, dog):
    Revision.objects.tag_images(project, owner, [(image, cat)])
    change = Revision.objects.tag_images(project, owner, [(image, dog)])
    cat.delete()
    undone = Revision.objects.undo_bulk(project, change.key, owner)
    assert (undone.changed, undone.unchanged) == (0, 1)


def test_an_image_that_somebody_has_changed_meanwhile_is_passed_over(project, owner, image, cat, dog, tag, save):
    save(image, tag(cat), status="labelled")
    done = Revision.objects.tag_images(project, owner, [(image, dog)], still=lambda image: image.revision == 0)
    assert (done.changed, done.unchanged) == (0, 1)
    assert image.annotations.get().label_class == cat


def test_undoing_changes_no_annotation_of_another_image(project, owner, image, add_image, cat, dog, tag, save):
    given = tag(cat)
    save(image, given)
    done = Revision.objects.tag_images(project, owner, [(image, dog)])
    save(add_image("other.png"), given | {"class": dog.pk})
    with pytest.raises(Conflict, match="another image"):
        Revision.objects.undo_bulk(project, done.key, owner)
    assert set(Annotation.objects.values_list("label_class", flat=True)) == {dog.pk}
