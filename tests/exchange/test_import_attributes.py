"""Values of typed attributes in files: checked by line and column, and the same again after a round trip."""

import pytest

from labelapp.annotations.models import Annotation
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass

ATTRIBUTES = [
    {"name": "fur", "type": "select", "options": ["red", "1"], "default": "red"},
    {"name": "age", "type": "number", "min": 0},
    {"name": "old", "type": "checkbox"},
    {"name": "note", "type": "text"},
]


@pytest.fixture
def typed(project):
    return LabelClass.objects.add(project, "cat", attributes=ATTRIBUTES)


@pytest.mark.parametrize(
    ("header", "cell", "column", "said"),
    [
        ("attribute:fur", "blue", "attribute:fur", "none of the options"),
        ("attribute:age", "many", "attribute:age", "not a number"),
        ("attribute:age", "-1", "attribute:age", "below the least value"),
        ("attribute:old", "perhaps", "attribute:old", "neither true nor false"),
        ("attribute:furr", "red", "attribute:furr", "has no attribute “furr”"),
        ("other_attributes", '"{""furr"": 1}"', "other_attributes", "has no attribute “furr”"),
        ("other_attributes", '"{""fur"": ""blue""}"', "other_attributes", "none of the options"),
    ],
)
def test_what_does_not_fit_is_named_by_line_and_column(project, add_image, typed, dry_run, header, cell, column, said):
    add_image("a.png"), add_image("b.png")
    job = dry_run(project, f"filename,class,shape,{header}\na.png,cat,tag,\nb.png,cat,tag,{cell}\n")
    [error] = job.findings["errors"]
    assert (error["line"], error["column"]) == (3, column)
    assert said in error["message"]


def test_cells_are_read_as_what_the_attribute_is(project, add_image, typed, dry_run, apply):
    add_image("a.png")
    head = "filename,class,shape,attribute:fur,attribute:age,attribute:old,attribute:note"
    apply(dry_run(project, f"{head}\na.png,cat,tag,1,2.5,TRUE,7\n"))
    assert Annotation.objects.get().attributes == {"fur": "1", "age": 2.5, "old": True, "note": "7"}


def test_what_was_exported_comes_back_with_every_type(project, add_image, typed, draw, export, dry_run, apply, labels):
    values = [{"fur": "1", "age": 3, "old": False, "note": "5"}, {"note": '"quoted"'}, {"note": "=1+1", "age": 0.5}]
    for number, each in enumerate(values):
        draw(add_image(f"{number}.png", status="labelled"), attributes=each)
    before, file = labels(project), export(project)
    header = file.decode().splitlines()[0].split(",")
    assert [name for name in header if name.startswith("attribute:")] == [
        f"attribute:{each['name']}" for each in ATTRIBUTES
    ]
    Annotation.objects.all().delete()
    apply(dry_run(project, file))
    assert labels(project) == before


def test_a_value_that_an_annotation_has_already_may_stay(project, owner, add_image, typed, draw, export, dry_run):
    draw(add_image("a.png", status="labelled"), attributes={"age": 40})
    file = export(project)
    typed.change(owner, attributes=[ATTRIBUTES[1] | {"max": 10}])
    job = dry_run(project, file)
    assert (job.findings["error_count"], job.findings["annotations"]["unchanged"]) == (0, 1)


def test_a_file_without_attributes_gives_defaults_and_leaves_what_is_there(project, add_image, typed, dry_run, apply):
    add_image("a.png"), add_image("b.png")
    apply(dry_run(project, "filename,class\na.png,cat\n"))
    assert Annotation.objects.get().attributes == {"fur": "red"}
    Annotation.objects.update(attributes={"fur": "1", "age": 2})
    apply(dry_run(project, "filename,class\na.png,cat\nb.png,cat\n"))
    found = Annotation.objects.order_by("image__name").values_list("attributes", flat=True)
    assert list(found) == [{"fur": "1", "age": 2}, {"fur": "red"}]


def test_a_missing_required_value_keeps_the_image_in_progress_and_is_told(
    project, add_image, typed, owner, dry_run, apply
):
    typed.change(owner, attributes=[ATTRIBUTES[1] | {"required": True}])
    add_image("a.png"), add_image("b.png")
    job = dry_run(
        project, "filename,class,shape,image_status,attribute:age\na.png,cat,tag,labelled,3\nb.png,cat,tag,labelled,\n"
    )
    assert job.findings["error_count"] == 0
    assert job.findings["images_incomplete"] == 1
    [told] = job.findings["incomplete"]
    assert (told["line"], told["column"]) == (3, "attribute:age")
    apply(job)
    assert list(Image.objects.order_by("name").values_list("status", flat=True)) == ["labelled", "in_progress"]


def test_a_class_that_went_after_the_dry_run_fails_the_import_in_plain_words(project, owner, add_image, typed, dry_run):
    from labelapp.annotations.class_changes.deletion import start_deletion

    add_image("a.png")
    job = dry_run(project, "filename,class\na.png,cat\n")
    job.apply()
    start_deletion(owner, typed)
    job.perform()
    assert job.status == "failed"
    assert "owner has deleted the class “cat”" in job.error
