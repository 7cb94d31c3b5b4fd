import cv2
import numpy as np
import pytest

from labelapp.annotations.assist import by_colour, by_template, by_watershed, geometry, proposals
from labelapp.annotations.assist.geometry import bits_of
from labelapp.annotations.models import Annotation, Suggestion
from tests.annotations.assist.scenes import discs, field

ONE = {"shape": "ellipse", "geometry": {"center": [40.5, 40.5], "radii": [14, 14], "angle": 0}}
PLACES = [(40, 40), (110, 40), (75, 90)]


def middles(found) -> list[tuple[float, float]]:
    here = field(np.zeros((120, 160, 3), np.uint8))
    drawn = [np.argwhere(bits_of(here, each["shape"], each["geometry"])).mean(axis=0) for each in found]
    return sorted((round(float(x)), round(float(y))) for y, x in drawn)


@pytest.mark.parametrize("tool", [by_colour, by_watershed, by_template])
def test_the_others_are_found_and_not_the_one_itself(tool):
    found = tool.answer(field(discs(PLACES)), ONE)
    places = middles(found)
    assert len(places) == 2
    for (x, y), (wanted_x, wanted_y) in zip(places, [(75, 90), (110, 40)], strict=True):
        assert abs(x - wanted_x) <= 1
        assert abs(y - wanted_y) <= 1
    assert all(each["shape"] == "ellipse" and 0.5 < each["score"] <= 1 for each in found)


@pytest.mark.parametrize("shape", ["box", "polygon", "mask"])
@pytest.mark.parametrize("tool", [by_colour, by_watershed, by_template])
def test_they_come_in_the_shape_of_the_one(tool, shape):
    one = {
        "box": {"box": [24, 24, 32, 32]},
        "polygon": {"rings": [[[27, 40], [40, 27], [53, 40], [40, 53]]]},
        "mask": mask([(40, 40)]),
    }[shape]
    found = tool.answer(field(discs(PLACES)), {"shape": shape, "geometry": one})
    assert len(found) == 2
    assert {each["shape"] for each in found} == {shape}


def mask(places):
    from labelapp.annotations.assist.geometry import mask_of

    here = field(discs(places))
    return mask_of(here, (here.pixels[:, :, 0] > 120).astype(np.uint8))


def test_things_that_touch_are_parted():
    pixels = discs([(40, 40), (70, 90), (96, 90), (122, 90)])
    assert len(by_watershed.answer(field(pixels), ONE)) == 3
    assert len(by_colour.answer(field(pixels), ONE)) < 3


@pytest.mark.parametrize("tool", [by_colour, by_watershed, by_template])
def test_a_shape_of_nothing_or_of_all_finds_nothing(tool):
    flat = field(np.full((120, 160, 3), 90, np.uint8))
    for box in ([5, 5, 1, 1], [0, 0, 160, 120], [20, 20, 30, 30]):
        tool.answer(flat, {"shape": "box", "geometry": {"box": box}})
    assert tool.answer(field(discs(PLACES)), {"shape": "box", "geometry": {"box": [5, 5, 1, 1]}}) == []


@pytest.mark.parametrize("shape", ["ellipse", "polygon", "mask"])
def test_of_many_parts_each_is_looked_at_in_its_own_place(shape, monkeypatch):
    looked = []

    def geometry_of(here, bits, shape):
        looked.append(bits.size)
        return geometry.geometry_of(here, bits, shape)

    monkeypatch.setattr(proposals, "geometry_of", geometry_of)
    places = [(x, y) for x in range(20, 150, 40) for y in range(20, 110, 40)]
    first = np.zeros((120, 160), np.uint8)
    cv2.circle(first, places[0], 14, 1, -1)
    here = field(discs(places))
    one = {"shape": shape, "geometry": geometry.geometry_of(here, first, shape)}
    found = by_colour.answer(here, one)
    assert middles(found) == places[1:]
    assert max(looked) <= 34 * 34


@pytest.fixture
def find(as_, annotator, cells, cat):
    def send(tool="colour", by=annotator, **more):
        body = {"tool": tool, "class": cat.pk, **ONE} | more
        return as_(by).post(f"/api/images/{cells.pk}/suggestions/", body, format="json")

    return send


@pytest.mark.django_db
class TestSuggestions:
    def test_what_is_found_is_suggested_with_the_tool_in_place_of_a_model(self, find, cat):
        answer = find()
        assert answer.status_code == 200
        rows = answer.json()["results"]
        assert [(row["class"], row["model"], row["tool"], row["shape"]) for row in rows] == [
            (cat.pk, None, "colour", "ellipse")
        ] * 2
        assert not Annotation.objects.exists()

    def test_another_way_takes_the_place_of_the_first_and_what_was_refused_does_not_come_again(self, find):
        refused = Suggestion.objects.get(pk=find().json()["results"][0]["id"])
        refused.settle("refused", None)
        rows = find("watershed").json()["results"]
        assert [row["tool"] for row in rows] == ["watershed"]
        assert Suggestion.objects.count() == 2

    def test_what_is_labelled_already_is_not_suggested(self, find, cells, cat, save, box):
        save(cells, box(cat, x=97, y=27, w=27, h=27))
        (row,) = find().json()["results"]
        assert row["geometry"]["center"][0] < 90

    def test_accepted_it_is_auto_and_of_no_model(self, find, as_, annotator):
        (first, _second) = find().json()["results"]
        body = {"base_revision": 0, "key": "0b9f1d4e-0000-4000-8000-000000000001"}
        answer = as_(annotator).put(f"/api/suggestions/{first['id']}/acceptance/", body, format="json")
        (row,) = answer.json()["annotations"]
        assert (row["source"], row["model"], row["score"]) == ("auto", None, first["score"])

    def test_a_labelled_image_takes_none(self, find, cells):
        cells.status = "labelled"
        cells.save(update_fields=["status"])
        answer = find()
        assert answer.status_code == 409
        assert "in progress" in answer.json()["error"]["message"]

    def test_who_may_not_label_may_not_find(self, find, viewer, stranger):
        assert [find(by=each).status_code for each in (viewer, stranger)] == [403, 404]

    @pytest.mark.parametrize("more", [{"class": 0}, {"tool": "detect"}, {"shape": "tag"}, {"geometry": {"center": 1}}])
    def test_bad_input_is_refused_and_nothing_kept(self, find, more):
        assert find(**more).status_code == 400
        assert not Suggestion.objects.exists()

    def test_a_class_that_is_not_for_such_shapes_is_refused(self, find, cat):
        cat.shapes = ["box"]
        cat.save(update_fields=["shapes"])
        assert "not for shapes" in find().json()["error"]["message"]
