import uuid

import pytest

from labelapp.annotations.models import Annotation, ImagePrediction, Proposed, Suggestion


@pytest.fixture
def propose():
    def make(image, *proposed, model=1, uncertainty=0.5, **options):
        return Suggestion.objects.propose(model, [ImagePrediction(image.pk, uncertainty, list(proposed))], **options)

    return make


@pytest.fixture
def accept(as_, annotator):
    def send(suggestion, **body):
        body = {"base_revision": 0, "key": str(uuid.uuid4())} | body
        return as_(annotator).put(f"/api/suggestions/{suggestion.pk}/acceptance/", body, format="json")

    return send


def test_open_suggestions_are_shown_best_first_and_count_for_nothing(as_, viewer, image, cat, dog, propose):
    propose(image, Proposed(cat.pk, 0.2), Proposed(dog.pk, 0.8))
    listed = as_(viewer).get(f"/api/images/{image.pk}/suggestions/").json()["results"]
    assert [(each["class"], each["score"], each["uncertainty"], each["model"]) for each in listed] == [
        (dog.pk, 0.8, 0.5, 1), (cat.pk, 0.2, 0.5, 1),
    ]  # fmt: skip
    assert not Annotation.objects.exists()


def test_accepting_makes_an_auto_annotation_and_labels_the_image(image, cat, propose, accept):
    propose(image, Proposed(cat.pk, 0.8))
    suggestion = Suggestion.objects.get()
    answer = accept(suggestion).json()
    (row,) = answer["annotations"]
    assert (answer["status"], row["source"], row["score"], row["model"]) == ("labelled", "auto", 0.8, 1)
    suggestion.refresh_from_db()
    assert suggestion.state == "accepted"
    assert suggestion.decided_by is not None


def test_accepting_twice_with_one_key_does_it_once(image, cat, propose, accept):
    propose(image, Proposed(cat.pk, 0.8))
    key = str(uuid.uuid4())
    first = accept(Suggestion.objects.get(), key=key).json()
    assert accept(Suggestion.objects.get(), key=key).json() == first


def test_accepting_on_a_stale_image_is_a_conflict(image, cat, dog, tag, save, propose, accept):
    propose(image, Proposed(cat.pk, 0.8))
    save(image, tag(dog))
    assert accept(Suggestion.objects.get()).status_code == 409
    assert Suggestion.objects.get().state == "open"


def test_accepting_with_another_class_is_semi_auto(image, cat, dog, propose, accept):
    propose(image, Proposed(cat.pk, 0.8))
    (row,) = accept(Suggestion.objects.get(), **{"class": dog.pk}).json()["annotations"]
    assert (row["class"], row["source"]) == (dog.pk, "semi-auto")
    assert Suggestion.objects.get().state == "edited"


def test_accepting_replaces_the_tag_of_a_classification_image(image, cat, dog, tag, save, propose, accept):
    propose(image, Proposed(cat.pk, 0.8))
    save(image, tag(dog))
    (row,) = accept(Suggestion.objects.get(), base_revision=1).json()["annotations"]
    assert row["class"] == cat.pk


def test_accepting_an_edited_box_keeps_the_others(free_project, image, cat, box, save, propose, accept):
    save(image, box(cat))
    propose(image, Proposed(cat.pk, 0.8, "box", {"box": [50, 40, 10, 10]}))
    answer = accept(Suggestion.objects.get(), base_revision=1, geometry={"box": [51, 40, 10, 10]}).json()
    assert [row["source"] for row in answer["annotations"]] == ["manual", "semi-auto"]
    assert answer["status"] == "in_progress"


def test_what_was_refused_is_not_proposed_again_by_the_same_model(as_, annotator, image, cat, dog, propose):
    propose(image, Proposed(cat.pk, 0.8))
    suggestion = Suggestion.objects.get()
    path = f"/api/suggestions/{suggestion.pk}/refusal/"
    assert as_(annotator).put(path).json()["state"] == "refused"
    assert propose(image, Proposed(cat.pk, 0.9), Proposed(dog.pk, 0.1)) == 1
    assert propose(image, Proposed(cat.pk, 0.9), model=2) == 1
    assert as_(annotator).delete(path).json()["state"] == "open"


def test_what_was_accepted_is_not_refused(as_, annotator, image, cat, propose, accept):
    propose(image, Proposed(cat.pk, 0.8))
    accept(Suggestion.objects.get())
    assert as_(annotator).put(f"/api/suggestions/{Suggestion.objects.get().pk}/refusal/").status_code == 409


def test_a_refused_box_is_recognised_by_its_place(free_project, image, cat, propose):
    propose(image, Proposed(cat.pk, 0.8, "box", {"box": [10, 10, 20, 20]}))
    Suggestion.objects.update(state="refused")
    near, far = {"box": [11, 10, 20, 20]}, {"box": [50, 50, 20, 20]}
    assert propose(image, Proposed(cat.pk, 0.8, "box", near), Proposed(cat.pk, 0.8, "box", far)) == 1


def test_new_predictions_replace_the_open_ones_of_their_model(image, cat, dog, propose):
    propose(image, Proposed(cat.pk, 0.8))
    propose(image, Proposed(cat.pk, 0.7), model=2)
    propose(image, Proposed(dog.pk, 0.6))
    assert set(Suggestion.objects.values_list("model", "label_class")) == {(1, dog.pk), (2, cat.pk)}


def test_labelled_images_are_left_alone_unless_told(image, cat, tag, save, propose):
    save(image, tag(cat), status="labelled")
    assert propose(image, Proposed(cat.pk, 0.8)) == 0
    assert propose(image, Proposed(cat.pk, 0.8), labelled_too=True) == 1


def test_predictions_outside_the_image_are_clipped_or_left_out(free_project, image, cat, propose):
    outside, half = {"box": [200, 0, 9, 9]}, {"box": [-5, 0, 10, 10]}
    assert propose(image, Proposed(cat.pk, 0.8, "box", outside), Proposed(cat.pk, 0.7, "box", half)) == 1
    assert Suggestion.objects.get().geometry == {"box": [0, 0, 5, 10]}


def test_all_above_a_threshold_are_accepted_at_once_and_undone(as_, annotator, project, add_image, cat, dog, propose):
    sure, unsure = add_image("sure.png"), add_image("unsure.png")
    propose(sure, Proposed(cat.pk, 0.9), Proposed(dog.pk, 0.85))
    propose(unsure, Proposed(dog.pk, 0.4))
    client = as_(annotator)
    path = f"/api/projects/{project.pk}/suggestions/acceptance/"
    done = client.post(path, {"threshold": 0.8}, format="json").json()
    assert (done["changed"], done["unchanged"]) == (1, 0)
    sure.refresh_from_db()
    assert sure.status == "labelled"
    assert Annotation.objects.get().row["source"] == "auto"
    assert sorted(Suggestion.objects.values_list("state", flat=True)) == ["accepted", "open", "open"]
    assert client.delete(done["undo"]).json()["changed"] == 1
    sure.refresh_from_db()
    assert sure.status == "new"
    assert not Annotation.objects.exists()
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"open"}


def test_a_threshold_may_be_for_one_model_and_some_images(as_, annotator, project, add_image, cat, propose):
    first, second = add_image("first.png"), add_image("second.png")
    propose(first, Proposed(cat.pk, 0.9), model=1)
    propose(second, Proposed(cat.pk, 0.9), model=2)
    path, client = f"/api/projects/{project.pk}/suggestions/acceptance/", as_(annotator)
    some = {"threshold": 0.5, "model": 2, "filters": {"search": "first"}}
    assert client.post(path, some, format="json").json()["changed"] == 0
    assert client.post(path, {"threshold": 0.5, "model": 2}, format="json").json()["changed"] == 1


def test_a_change_set_can_decide_about_suggestions_and_take_it_back(as_, annotator, image, cat, propose):
    propose(image, Proposed(cat.pk, 0.8))
    suggestion = str(Suggestion.objects.get().pk)
    for base, state in enumerate(["refused", "open"]):
        body = {"base_revision": base, "key": str(uuid.uuid4()), "suggestions": {suggestion: state}}
        answer = as_(annotator).patch(f"/api/images/{image.pk}/annotations/", body, format="json")
        assert answer.status_code == 200
        assert Suggestion.objects.get().state == state
