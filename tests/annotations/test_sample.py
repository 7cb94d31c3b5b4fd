from labelapp.annotations.models import Annotation
from labelapp.projects.models import Project


def test_the_sample_project_has_real_digits_and_labels(as_, owner):
    answer = as_(owner).post("/api/projects/sample/")
    assert answer.status_code == 201
    project = Project.objects.get(pk=answer.json()["id"])
    assert project.allows(owner, "manage")
    assert project.images.count() == 1797
    assert project.images.filter(status="labelled").count() == 300
    per_class = [Annotation.objects.filter(label_class=each).count() for each in project.classes.all()]
    assert per_class == [30] * 10


def test_nobody_makes_a_sample_project_without_signing_in(as_, db):
    assert as_(None).post("/api/projects/sample/").status_code == 401


def test_the_sample_is_made_by_posting(as_, owner):
    assert as_(owner).get("/api/projects/sample/").status_code == 405
