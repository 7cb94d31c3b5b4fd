import uuid

import pytest

from labelapp.annotations.class_changes.merge import start_merge
from labelapp.annotations.models import Revision, history
from labelapp.projects.models import LabelClass


@pytest.fixture
def ask(as_, owner, free_project, image):
    def get(path: str = "history/", by=None, **query):
        return as_(by or owner).get(f"/api/images/{image.pk}/{path}", query)

    return get


def test_what_each_revision_did_is_counted(free_project, image, save, box, tag, cat, dog, ask):
    first, second = box(cat), box(cat)
    save(image, first, second, tag(cat))
    image.refresh_from_db()
    moved = first | {"geometry": {"box": [5, 5, 20, 20]}}
    save(image, moved, second | {"class": dog.pk}, status="labelled")
    save(image, moved | {"attributes": {}}, delete=[second["id"]])
    Revision.objects.restore(image, 1, image.created_by)
    restored, third, changed, drawn = ask().json()["results"]
    assert drawn["counts"] == {"drawn": 2, "tagged": 1}
    assert changed["counts"] == {"moved": 1, "relabelled": 1}
    assert (changed["status_before"], changed["status"]) == ("in_progress", "labelled")
    assert third["counts"] == {"deleted": 1}
    assert (restored["restored"], restored["counts"]) == (1, {"moved": 1, "drawn": 1})
    assert (restored["author"], restored["occasion"]) == ("owner", "")


def test_a_change_of_classes_is_named(free_project, image, owner, save, box, cat, dog, done, ask):
    save(image, box(cat))
    done(start_merge(owner, cat, dog))
    newest = ask().json()["results"][0]
    assert newest["occasion"] == "Merging “cat” into “dog”"
    assert newest["counts"] == {"relabelled": 1}


def test_it_is_given_in_pages(free_project, image, save, box, cat, ask, as_, owner):
    for _number in range(5):
        save(image, box(cat))
    page = ask(page_size=2).json()
    assert [each["number"] for each in page["results"]] == [5, 4]
    assert [each["number"] for each in as_(owner).get(page["next"]).json()["results"]] == [3, 2]
    assert ask(cursor="rubbish").status_code == 400


def test_a_revision_tells_its_difference_to_the_one_before(free_project, image, save, box, cat, ask):
    kept, moved, gone = box(cat), box(cat), box(cat)
    save(image, kept, moved, gone)
    new = box(cat)
    save(image, new, moved | {"geometry": {"box": [5, 5, 20, 20]}}, delete=[gone["id"]])
    found = ask("revisions/2/").json()
    assert found["added"] == [new["id"]]
    assert [(each["id"], each["geometry"]["box"]) for each in found["changed"]] == [(moved["id"], [1, 2, 30, 40])]
    assert [each["id"] for each in found["removed"]] == [gone["id"]]
    assert len(found["annotations"]) == 3
    nothing = ask("revisions/0/").json()
    assert (nothing["annotations"], nothing["added"]) == ([], [])


def test_who_may_not_see_the_image_does_not_find_its_history(free_project, image, stranger, as_, ask):
    assert ask(by=stranger).status_code == 404
    assert as_(None).get(f"/api/images/{image.pk}/history/").status_code == 401
    assert as_(image.created_by).post(f"/api/images/{image.pk}/history/").status_code == 405


def test_its_page_is_for_everybody_who_may_see_the_image(free_project, image, owner, viewer, stranger, as_):
    address = f"/projects/{free_project.pk}/images/{image.pk}/revisions/"
    for person, status in ((owner, 200), (viewer, 200), (stranger, 404)):
        assert as_(person).get(address).status_code == status
    assert as_(owner).get(f"/projects/{free_project.pk}/images/{image.pk + 1}/revisions/").status_code == 404


def test_a_key_that_nothing_is_known_of_has_no_occasion(free_project, image, owner):
    assert history.OCCASIONS
    unknown = Revision(key=uuid.uuid4(), author=owner, created_at=image.created_at)
    assert all(not occasion(free_project, [unknown]) for occasion in history.OCCASIONS)
    assert LabelClass.objects.count() == 0
