"""After a start, projects in which people worked last are ready before somebody looks."""

import pytest

from labelapp.images import warming
from labelapp.images.models import Image
from labelapp.images.shelf import shelf
from labelapp.projects.models import Project

pytestmark = pytest.mark.django_db(transaction=True)


def filled(owner, name: str, count: int) -> Project:
    project = Project.objects.start(owner, name=name, kind="classification")
    for number in range(count):
        Image.objects.create(
            project=project, created_by=owner, name=f"{number}.png", sha256=f"{project.pk:032}{number:032}",
            size_bytes=1, width=1, height=1, format="PNG",
        )  # fmt: skip
    return project


def test_those_of_the_latest_work_are_read_as_many_as_may_be_kept(owner, settings):
    shelf.clear()
    settings.CATALOGUE_IMAGES = 4
    small, large, latest = (filled(owner, name, count) for name, count in (("a", 1), ("b", 3), ("c", 2)))
    Image.objects.filter(project=latest).first().save()
    warming.fill_shelf()
    assert shelf.projects == [latest.pk, small.pk]
    settings.CATALOGUE_IMAGES = 6
    warming.fill_shelf()
    assert set(shelf.projects) == {small.pk, large.pk, latest.pk}


def test_a_database_that_fails_meanwhile_stops_nothing(monkeypatch, caplog):
    def fail():
        raise OSError("away")

    monkeypatch.setattr(warming, "by_latest_work", fail)
    warming.warm_up().join(10)
    assert "not read ahead" in caplog.text
