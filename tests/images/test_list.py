import uuid

import pytest
from django.utils import timezone

from labelapp.annotations.models import Annotation
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass


@pytest.fixture
def tag(project, owner):
    def give(image, label_class, source="manual"):
        now = timezone.now()
        return Annotation.objects.create(
            id=uuid.uuid4(), image=image, label_class=label_class, shape="tag", source=source, created_by=owner,
            created_at=now, updated_at=now,
        )  # fmt: skip

    return give


@pytest.fixture
def cat(project):
    return LabelClass.objects.add(project, "cat")


@pytest.fixture
def three(add, owner, tag, cat):
    """A labelled image with a class, a new one, and one in the trash."""
    labelled, new, trashed = add("cats/1.png", 1), add("dogs/2.png", 2), add("dogs/3.png", 3)
    tag(labelled, cat, "file")
    Image.objects.filter(pk=labelled.pk).update(status="labelled", split="train")
    Image.objects.filter(pk=trashed.pk).move_to_trash(owner)
    return labelled, new, trashed


def names(client, project, query="") -> list[str]:
    response = client.get(f"/api/projects/{project.pk}/images/{query}")
    assert response.status_code == 200, response.json()
    return [each["name"] for each in response.json()["results"]]


def test_an_image_says_what_a_gallery_needs(as_, viewer, project, three, cat):
    first = as_(viewer).get(f"/api/projects/{project.pk}/images/?ordering=name").json()["results"][0]
    expected = {
        "id": three[0].pk, "name": "cats/1.png", "width": 32, "height": 24, "format": "PNG", "status": "labelled",
        "split": "train", "revision": 0, "classes": [cat.pk], "trashed_at": None,
        "thumbnail": f"/api/images/{three[0].pk}/thumbnail/", "file": f"/api/images/{three[0].pk}/file/",
    }  # fmt: skip
    assert expected.items() <= first.items()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["dogs/2.png", "cats/1.png"]),
        ("?status=new", ["dogs/2.png"]),
        ("?status=new&status=labelled", ["dogs/2.png", "cats/1.png"]),
        ("?class=none", ["dogs/2.png"]),
        ("?class=CAT", ["cats/1.png"]),
        ("?class=CAT&class=none", ["dogs/2.png", "cats/1.png"]),
        ("?split=train", ["cats/1.png"]),
        ("?split=none", ["dogs/2.png"]),
        ("?source=file", ["cats/1.png"]),
        ("?source=auto", []),
        ("?search=DOGS", ["dogs/2.png"]),
        ("?search=png%20cats", ["cats/1.png"]),
        ("?trashed=1", ["dogs/3.png"]),
        ("?ordering=name", ["cats/1.png", "dogs/2.png"]),
        ("?ordering=-size&page_size=1", None),
    ],
)
def test_filters_narrow_the_list(as_, viewer, project, three, cat, query, expected):
    found = names(as_(viewer), project, query.replace("CAT", str(cat.pk)))
    assert found == expected if expected is not None else len(found) == 1


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?colour=red", "colour"), ("?status=lost", "status"), ("?class=x", "class"), ("?split=dev", "split"),
        ("?source=magic", "source"), ("?trashed=maybe", "trashed"), ("?ordering=colour", "ordering"),
        ("?page_size=many", "page_size"), ("?cursor=abc", "cursor"), ("?ids=1&ids=-2", "ids"),
    ],
)  # fmt: skip
def test_an_unknown_filter_or_value_is_named(as_, viewer, project, query, named):
    response = as_(viewer).get(f"/api/projects/{project.pk}/images/{query}")
    assert response.status_code == 400
    assert named in response.json()["error"]["fields"]


@pytest.mark.parametrize("ordering", ["id", "-id", "name", "-name", "updated", "-updated", "size", "-created"])
def test_pages_join_to_the_whole_list_in_both_directions(as_, viewer, project, add, ordering):
    ids = {add(f"{seed % 3}.png", seed).pk for seed in range(11)}
    Image.objects.update(updated_at=timezone.now(), size_bytes=7)  # as after a bulk change: all the same
    client, url, pages = as_(viewer), f"/api/projects/{project.pk}/images/?page_size=4&ordering={ordering}", []
    while url:
        page = client.get(url).json()
        pages.append([each["id"] for each in page["results"]])
        last, url = page, page["next"]
    assert [len(page) for page in pages] == [4, 4, 3]
    assert {pk for page in pages for pk in page} == ids
    back = client.get(last["previous"]).json()
    assert [each["id"] for each in back["results"]] == pages[1]
    assert [each["id"] for each in client.get(back["previous"]).json()["results"]] == pages[0]
    assert client.get(back["previous"]).json()["previous"] is None


def test_a_page_may_begin_at_any_place_and_says_how_many_there_are(as_, viewer, project, add):
    ids = [add(f"{seed}.png", seed).pk for seed in range(7)]
    client, url = as_(viewer), f"/api/projects/{project.pk}/images/?ordering=id&page_size=3"
    page = client.get(f"{url}&start=5").json()
    assert [each["id"] for each in page["results"]] == ids[5:]
    assert (page["start"], page["total"], page["next"]) == (5, 7, None)
    before = client.get(page["previous"]).json()
    assert [each["id"] for each in before["results"]] == ids[2:5]
    assert (before["start"], before["total"]) == (2, 7)
    beyond = client.get(f"{url}&start=99").json()
    assert (beyond["results"], beyond["next"], beyond["previous"]) == ([], None, None)
    assert client.get(f"{url}&start=-1").status_code == 400


def test_ids_alone_are_those_of_the_list(as_, viewer, stranger, project, three):
    url = f"/api/projects/{project.pk}/images/ids/"
    answer = as_(viewer).get(f"{url}?ordering=name&start=1&count=5").json()
    assert answer == {"ids": [three[1].pk], "total": 2}
    assert as_(viewer).get(f"{url}?status=labelled").json() == {"ids": [three[0].pk], "total": 1}
    assert as_(viewer).get(f"{url}?count=0").status_code == 400
    assert as_(viewer).get(f"{url}?colour=red").status_code == 400
    assert as_(viewer).post(url).status_code == 405
    assert as_(stranger).get(url).status_code == 404


def test_a_page_takes_few_queries(as_, viewer, project, add, django_assert_max_num_queries):
    for seed in range(20):
        add(f"{seed}.png", seed)
    client = as_(viewer)
    with django_assert_max_num_queries(11):  # six of them read the catalogue: in a transaction it is made each time
        assert len(names(client, project)) == 20


def test_strangers_and_nobody_see_no_list(as_, stranger, project):
    assert as_(stranger).get(f"/api/projects/{project.pk}/images/").status_code == 404
    assert as_(None).get(f"/api/projects/{project.pk}/images/").status_code == 401


def test_counts_are_those_of_each_choice_under_the_other_filters(as_, viewer, project, three, cat):
    counts = as_(viewer).get(f"/api/projects/{project.pk}/images/counts/?status=new").json()
    assert counts == {
        "total": 1, "status": {"new": 1, "labelled": 1}, "class": {"none": 1}, "split": {"none": 1}, "source": {},
        "comments": {"none": 1}, "assignment": {"none": 1},
        "labelled_by": {"none": 1}, "reviewed_by": {"none": 1}, "trashed": 1,
    }  # fmt: skip
    counts = as_(viewer).get(f"/api/projects/{project.pk}/images/counts/").json()
    assert counts["class"] == {str(cat.pk): 1, "none": 1}
    assert counts["split"] == {"train": 1, "none": 1}
    assert counts["source"] == {"file": 1}


def test_counts_are_hidden_from_strangers_and_refuse_unknown_filters(as_, stranger, viewer, project):
    assert as_(stranger).get(f"/api/projects/{project.pk}/images/counts/").status_code == 404
    assert as_(viewer).get(f"/api/projects/{project.pk}/images/counts/?x=1").status_code == 400
    assert as_(viewer).post(f"/api/projects/{project.pk}/images/counts/").status_code == 405


def test_no_ids_are_no_images_and_not_all(project, three):
    assert not ImageFilters({"ids": []}).apply(project.images.all()).exists()
