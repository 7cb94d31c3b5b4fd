"""Annotations of a file keep their ids, unless those are taken in another project."""

from labelapp.annotations.models import Annotation
from labelapp.images.models import Image
from labelapp.projects.models import Project


def test_annotation_ids_are_checked(project, owner, add_image, draw, dry_run):
    add_image("a.png"), add_image("b.png")
    identifier = "11111111-1111-4111-8111-111111111111"
    content = f"filename,class,shape,annotation_id\na.png,cat,tag,{identifier}\nb.png,cat,tag,{identifier}\n"
    (error,) = dry_run(project, content).findings["errors"]
    assert (error["line"], error["column"]) == (3, "annotation_id")
    assert "Line 2" in error["message"]


def test_a_file_of_another_project_gets_ids_of_its_own_and_stays_the_same(
    owner, project, add_image, draw, export, dry_run, apply
):
    original = add_image("a.png")
    draw(original)
    content = export(project)
    other = Project.objects.start(owner, name="Other", kind="classification")
    copy = add_image("renamed.png", to=other)
    Image.objects.filter(pk=copy.pk).update(sha256=original.sha256)
    apply(dry_run(other, content))
    assert Annotation.objects.count() == 2
    assert dry_run(other, content).findings["annotations"]["unchanged"] == 1


def test_one_file_for_two_projects_leaves_each_its_own(project, owner, add_image, draw, export, dry_run, apply, labels):
    original = add_image("a.png")
    draw(original)
    content = export(project)
    twins = [Project.objects.start(owner, name=name) for name in ("One", "Two")]
    for twin in twins:
        add_image("a.png", to=twin)
    Image.objects.update(sha256=original.sha256)
    Annotation.objects.filter(image__project=project).delete()
    jobs = [dry_run(twin, content) for twin in twins]
    apply(jobs[0])
    before = labels(twins[0])
    jobs[1].apply()
    jobs[1].perform()
    assert labels(twins[0]) == before
    assert jobs[1].status == "failed"
    assert "a.png" in jobs[1].error
