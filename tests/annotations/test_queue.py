import pytest

from labelapp.annotations.models import ImagePrediction, Proposed, Suggestion


@pytest.fixture
def images(add_image):
    return [add_image(name) for name in ("d.png", "b.png", "a.png", "c.png", "b.png")]


@pytest.fixture
def look(as_, annotator, project):
    def get(**query):
        return as_(annotator).get(f"/api/projects/{project.pk}/queue/", query).json()

    return get


def names(answer) -> str:
    return "".join(each["name"][0] for each in answer["results"])


def test_orders(images, look, cat):
    predictions = [
        ImagePrediction(images[index].pk, doubt, [Proposed(cat.pk, 0.5)]) for index, doubt in ((3, 0.2), (2, 0.9))
    ]
    Suggestion.objects.propose(1, predictions)
    assert names(look()) == "abbcd"
    assert names(look(order="id")) == "dbacb"
    assert names(look(order="uncertainty")) == "acdbb"
    shuffled = [[each["id"] for each in look(order="random", seed=seed)["results"]] for seed in (1, 1, 2, 3)]
    assert shuffled[0] == shuffled[1]
    assert len({tuple(each) for each in shuffled}) > 1


@pytest.mark.parametrize("order", ["name", "id", "uncertainty", "random"])
def test_windows_fit_together(images, look, order):
    whole = look(order=order)
    ids = [each["id"] for each in whole["results"]]
    assert (whole["total"], whole["position"]) == (5, 0)
    for index, pk in enumerate(ids):
        window = look(order=order, image=pk, before=2, after=1)
        first = max(index - 2, 0)
        assert window["position"] == first
        assert [each["id"] for each in window["results"]] == ids[first : index + 2]


def test_the_image_itself_is_there_even_when_the_filters_leave_it_out(images, look, cat, tag, save):
    save(images[3], tag(cat), status="labelled")
    window = look(status="new", image=images[3].pk, before=1, after=1)
    assert (window["total"], window["position"], names(window)) == (4, 2, "bcd")


def test_an_image_that_is_gone_gives_the_beginning(images, look):
    assert names(look(image=999_999, after=1)) == "ab"


def test_suggested_images_that_are_labelled_no_longer_wait(images, look, cat, tag, save):
    Suggestion.objects.propose(1, [ImagePrediction(each.pk, 0.5, [Proposed(cat.pk, 0.5)]) for each in images[:2]])
    assert names(look(suggested=1)) == "bd"
    save(images[0], tag(cat), status="labelled")
    assert names(look(suggested=1)) == "b"


def test_an_empty_project_has_an_empty_queue(look):
    assert look() == {"total": 0, "position": 0, "results": []}
